// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/proposal_layer.h"
#include "libgeo/layers/row_words.h"

namespace geo {
namespace {

using Range = std::pair<std::vector<std::int64_t>::const_iterator, std::vector<std::int64_t>::const_iterator>;

/// What a ProposalBatch's views point into.
struct HeldText {
    std::shared_ptr<const void> source;
    std::shared_ptr<const DoubledRows> doubled;
    std::string made_up;  // names of rows without a reference
};

/// One row of the answer: of the batch, or held from elsewhere.
struct Entry {
    std::uint32_t index = 0;
    std::uint32_t site_of = 0;
    const HeldRow* held = nullptr;
};

class Decoder {
  public:
    Decoder(ProposalLayer& layer, LocatedRows&& rows) : layer_(layer), file_(layer.file), rows_(std::move(rows)) {}

    ProposalBatch decode() {
        take_source_issues();
        out_.use_given = layer_.use_given;
        list_entries();
        fill_rows();
        fill_text();
        fill_dates();
        fill_uses();
        fill_ties();
        fill_shapes();
        list_troubles();
        count();
        return std::move(out_);
    }

  private:
    void take_source_issues() {
        Batch& batch = rows_.batch;
        out_.number = batch.number;
        out_.read = batch.read;
        out_.not_used = batch.read - batch.size();
        for (Issue& issue : batch.issues) out_.issues.push_back(of_layer(file_, batch, std::move(issue), true));
    }

    /// Rows of `sorted` that lie in this batch.
    Range in_batch(const std::vector<std::int64_t>& sorted) const {
        const auto& row = rows_.batch.row;
        if (sorted.empty() || row.empty()) return {sorted.end(), sorted.end()};
        return {std::lower_bound(sorted.begin(), sorted.end(), row.front()),
                std::upper_bound(sorted.begin(), sorted.end(), row.back())};
    }

    void list_entries() {
        const std::size_t n = rows_.size();
        const DoubledRows& doubled = *layer_.doubled;
        auto [later, later_end] = in_batch(doubled.later);
        auto group = doubled.groups.begin();
        if (n > 0) {
            group = std::lower_bound(doubled.groups.begin(), doubled.groups.end(), rows_.batch.row.front(),
                                     [](const DoubledRows::Group& g, std::int64_t row) { return g.first < row; });
        }
        entries_.reserve(n);
        for (std::uint32_t i = 0; i < n; ++i) {
            if (!rows_.passes[i]) {
                ++out_.ruled_out;
                continue;
            }
            const std::int64_t row = rows_.batch.row[i];
            if (later != later_end && *later == row) {
                ++later;
                out_.ruled_out += std::binary_search(doubled.same.begin(), doubled.same.end(), row);
                continue;
            }
            const auto first = static_cast<std::uint32_t>(entries_.size());
            entries_.push_back({i, first, nullptr});
            if (group != doubled.groups.end() && group->first == row) {
                for (const HeldRow& held : group->other_sites) entries_.push_back({i, first, &held});
                ++group;
            }
        }
        plain_ = entries_.size() == n && out_.ruled_out == 0;
        for (const Entry& entry : entries_) plain_ = plain_ && !entry.held;
    }

    std::string_view text(const Entry& entry, std::size_t cell) const {
        return entry.held ? std::string_view(entry.held->cells[cell]) : rows_.batch.cells[cell][entry.index];
    }

    std::int64_t row_of(const Entry& entry) const {
        return entry.held ? entry.held->row : rows_.batch.row[entry.index];
    }

    void fill_rows() {
        out_.row.reserve(entries_.size());
        out_.site_of.reserve(entries_.size());
        for (const Entry& entry : entries_) {
            out_.row.push_back(row_of(entry));
            out_.site_of.push_back(entry.site_of);
        }
    }

    std::vector<std::string_view> column(std::optional<std::size_t> cell) const {
        std::vector<std::string_view> out(entries_.size());
        if (!cell) return out;
        for (std::size_t k = 0; k < entries_.size(); ++k) out[k] = trimmed(text(entries_[k], *cell));
        return out;
    }

    void fill_text() {
        out_.reference = column(file_.cell("reference"));
        auto name = file_.cell("name");
        if (!name) name = file_.cell("address");
        out_.name = column(name);
        for (const auto& cell : layer_.kept) out_.kept.push_back(column(cell));
        for (const auto& cell : file_.fields) out_.fields.push_back(column(cell));
        fill_decisions();
        out_.unit = column(file_.cell("unit"));
        out_.street = column(file_.cell("street"));
        auto held = std::make_shared<HeldText>();
        held->source = rows_.batch.text;
        held->doubled = layer_.doubled;
        make_up_references(held->made_up);
        out_.text = std::move(held);
    }

    /// As the study's `decisions` has it, else by the words.
    void fill_decisions() {
        out_.decision = column(file_.cell("decision"));
        for (const std::string_view written : out_.decision) {
            const auto own = layer_.spec.decisions.empty() ? layer_.spec.decisions.end()
                                                           : layer_.spec.decisions.find(folded(written));
            out_.decided_as.push_back(own == layer_.spec.decisions.end() ? decision_from(written) : own->second);
        }
    }

    /// A row without a reference is called by its row.
    void make_up_references(std::string& pool) {
        std::vector<std::pair<std::size_t, std::size_t>> made;  // entry, end in the pool
        for (std::size_t k = 0; k < entries_.size(); ++k) {
            if (!out_.reference[k].empty()) continue;
            pool += "row " + std::to_string(out_.row[k]);
            made.emplace_back(k, pool.size());
        }
        std::size_t begin = 0;
        for (const auto& [k, end] : made) {
            out_.reference[k] = std::string_view(pool).substr(begin, end - begin);
            begin = end;
        }
        layer_.blank_references += made.size();
    }

    void fill_date(const char* word, std::vector<Date>& dates) {
        dates.assign(entries_.size(), kBeforeRecords);
        const auto cell = file_.cell(word);
        if (!cell) return;
        for (std::size_t k = 0; k < entries_.size(); ++k) {
            const auto reading = layer_.dates.read(text(entries_[k], *cell));
            if (reading.date) dates[k] = *reading.date;
            if (reading.unreadable) add_bad_date(k, word, text(entries_[k], *cell));
        }
    }

    /// A decision on a day that cannot be read is no decision on another day: the row has no verdict, unless a day was asked for.
    void add_bad_date(std::size_t k, const std::string& word, std::string_view written) {
        const bool counts = word == "decided" && !layer_.on_one_day;
        add_issue(k, "bad-date",
                  printable(file_.column_of(word)) + " is \"" + printable(written) + "\", which is no date",
                  counts ? "the day to assess it as at is not known, so its verdict is unknown: correct the date, or "
                           "leave it blank where nothing is decided"
                         : "taken as not known");
        if (word != "decided") return;
        out_.issues.back().may_hide_breach = counts;
        out_.decided_unread.resize(entries_.size());
        out_.decided_unread[k] = trimmed(written);
    }

    void fill_dates() {
        fill_date("received", out_.received);
        fill_date("validated", out_.validated);
        fill_date("decided", out_.decided);
        for (std::size_t k = 0; k < entries_.size(); ++k) {
            if (out_.decided[k] == kBeforeRecords || out_.received[k] <= out_.decided[k]) continue;
            add_issue(k, "decided-before-received",
                      "it was decided (" + format_date(out_.decided[k]) + ") before it was received (" +
                          format_date(out_.received[k]) + ")",
                      "the date of decision counts");
        }
    }

    void add_issue(std::size_t k, const char* code, const std::string& message, const std::string& action) {
        Issue issue = file_.issue(code, message, action, out_.row[k]);
        issue.id = out_.reference[k];
        out_.issues.push_back(std::move(issue));
    }

    void fill_uses() {
        const std::size_t n = entries_.size();
        const Use all = layer_.spec.use.value_or(Use::unstated);
        out_.use.assign(n, all);
        out_.uses.assign(n, all == Use::unstated ? UseSet{0} : use_bit(all));
        out_.existing_use.assign(n, Use::unstated);
        out_.nothing_changes.assign(n, 0);
        out_.use_note.resize(n);
        const auto use = file_.cell("use"), existing = file_.cell("existing-use"),
                   description = file_.cell("description");
        if (!use && !existing && !description) return;
        for (std::size_t k = 0; k < n; ++k) read_uses(k, use, existing, description);
        if (!unread_uses_.empty()) layer_.unread_uses.add(unread_uses_);
    }

    /// The column; where it says nothing, the description; where that says nothing, the layer's use.
    void read_uses(std::size_t k, std::optional<std::size_t> use, std::optional<std::size_t> existing,
                   std::optional<std::size_t> description) {
        const Entry& entry = entries_[k];
        const Date on = out_.decided[k] != kBeforeRecords    ? out_.decided[k]
                        : out_.received[k] != kBeforeRecords ? out_.received[k]
                                                             : layer_.undated;
        const UseReader::Reading proposed =
            use ? layer_.uses.read(text(entry, *use), on) : UseReader::Reading{Use::unstated, 0, true};
        const UseReader::Reading before =
            existing ? layer_.uses.read(text(entry, *existing), on) : UseReader::Reading{Use::unstated, 0, true};
        out_.existing_use[k] = before.use;
        if (proposed.use != Use::unstated) {
            out_.use[k] = proposed.use;
            out_.uses[k] = proposed.all;
        } else if (!proposed.known) {
            out_.use[k] = Use::unstated;
            out_.uses[k] = 0;
            out_.use_note[k] = "the use “" + printable(trimmed(text(entry, *use)), 60) + "” is not understood";
        }
        if (description) read_description(k, text(entry, *description), proposed.use == Use::unstated);
        if (!proposed.known && out_.use[k] == Use::unstated) ++unread_uses_[std::string(trimmed(text(entry, *use)))];
    }

    void read_description(std::size_t k, std::string_view words, bool use_wanted) {
        if (trimmed(words).empty()) return;
        const UseKeywords& keywords = UseKeywords::built_in();
        const UseReading reading = keywords.read(words);
        const bool columns_differ =
            !use_wanted && out_.existing_use[k] != Use::unstated && out_.existing_use[k] != out_.use[k];
        out_.nothing_changes[k] = reading.nothing_changes && !columns_differ;
        if (out_.existing_use[k] == Use::unstated) out_.existing_use[k] = reading.existing;
        if ((use_wanted && reading.use != Use::unstated) || out_.nothing_changes[k]) {
            out_.use_note[k] = "description: \"" + printable(reading.matched, 80) + "\" [keywords " +
                               format_date(keywords.date()).substr(0, 7) + ", row " + reading.rule + "]";
        }
        if (use_wanted && reading.use != Use::unstated) {
            out_.use[k] = reading.use;
            out_.uses[k] = use_bit(reading.use);
        }
    }

    /// What ties a proposal to units and outlets: its UPRN, and whether it adds a unit.
    void fill_ties() {
        out_.uprn = column(file_.cell("uprn"));
        for (std::size_t k = 0; k < out_.uprn.size(); ++k) {
            const auto uprn = uprn_from(out_.uprn[k]);
            if (!uprn) {
                add_issue(k, "bad-uprn",
                          printable(file_.column_of("uprn")) + " is \"" + printable(out_.uprn[k], 60) +
                              "\", which is no UPRN",
                          "taken as not known");
            }
            out_.uprn[k] = uprn.value_or(std::string_view());
        }
        const std::uint8_t all = layer_.spec.counts_as == "new-build" ? 1 : 0;
        out_.adds_unit.assign(entries_.size(), all);
        const auto cell = file_.cell("counts-as");
        for (std::size_t k = 0; cell && k < entries_.size(); ++k) read_counts_as(k, *cell);
    }

    void read_counts_as(std::size_t k, std::size_t cell) {
        const std::string_view written = trimmed(text(entries_[k], cell));
        if (written.empty()) return;
        if (const auto adds = counts_as_from(written)) {
            out_.adds_unit[k] = *adds;
            return;
        }
        add_issue(k, "unknown-counts-as",
                  printable(file_.column_of("counts-as")) + " is \"" + printable(written, 60) +
                      "\"; change-of-use or new-build is expected",
                  std::string("taken as a ") + (out_.adds_unit[k] != 0 ? "new build" : "change of use"));
    }

    void fill_shapes() {
        if (plain_) {
            out_.shapes = std::move(rows_.shapes);
        } else {
            for (const Entry& entry : entries_) {
                if (entry.held) {
                    out_.shapes.add_copy(entry.held->shape, 0);
                } else {
                    out_.shapes.add_copy(rows_.shapes, entry.index);
                }
            }
        }
        if (!layer_.near_area) return;
        std::uint64_t far = 0;
        for (std::size_t k = 0; k < entries_.size(); ++k)
            far += out_.shapes.has_location(k) && !layer_.near_area->contains(out_.shapes.first_point(k));
        layer_.far_away += far;
    }

    /// A proposal without a location stays: its verdict is unknown.
    void add_trouble(std::size_t k, const RowTrouble& trouble) {
        Issue issue = issue_of(file_, rows_, trouble, out_.reference[k], false);
        issue.row = out_.row[k];
        if (issue.kept == Kept::not_used) {
            issue.kept = Kept::used;
            issue.action = "kept without a location: its verdict is unknown";
        }
        out_.issues.push_back(std::move(issue));
    }

    void list_troubles() {
        std::size_t t = 0;
        for (std::size_t k = 0; k < entries_.size(); ++k) {
            const Entry& entry = entries_[k];
            if (entry.held) {
                for (const RowTrouble& trouble : entry.held->troubles) add_trouble(k, trouble);
                continue;
            }
            while (t < rows_.troubles.size() && rows_.troubles[t].row < entry.index) ++t;
            for (; t < rows_.troubles.size() && rows_.troubles[t].row == entry.index; ++t)
                add_trouble(k, rows_.troubles[t]);
        }
    }

    void count() {
        layer_.read += out_.read;
        layer_.not_used += out_.not_used;
        layer_.ruled_out += out_.ruled_out;
    }

    ProposalLayer& layer_;
    const LayerFile& file_;
    LocatedRows rows_;
    std::vector<Entry> entries_;
    bool plain_ = false;  // every row of the batch, and no other
    UnreadUses::Counts unread_uses_;
    ProposalBatch out_;
};

}  // namespace

ProposalBatch decode_proposals(ProposalLayer& layer, Batch&& batch) {
    return Decoder(layer, locate_rows(layer.file, std::move(batch))).decode();
}

}  // namespace geo
