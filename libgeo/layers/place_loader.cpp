// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <set>

#include "libgeo/base/text.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/positions.h"
#include "libgeo/layers/lookup.h"
#include "libgeo/layers/place_words.h"
#include "libgeo/layers/rows_of_file.h"

namespace geo {
namespace {

/// Beyond this from the study area a place is outside every rule's reach.
constexpr double kFarOutside = 10'000.0;

class PlaceLoader : RowsOfFile {
  public:
    PlaceLoader(const LoadContext& context, const LayerSpec& spec)
        : RowsOfFile(context, request(context, spec), true), spec_(spec), words_(spec, file_) {
        // Asked for by policies as an attribute, found by the preset as a word.
        const auto street = file_.cell("street");
        if (street) file_.attributes["street"] = *street;
    }

    PlaceLayer load() {
        blank_ids_ = read_ids();
        settle_dates();
        read_facts();
        const Doubles doubles{same_rows(*context_.issues)};
        list_troubles(doubles);
        fill(doubles);
        note_blanks();
        finish();
        return std::move(layer_);
    }

  private:
    struct Facts {
        std::string kind;
        Date opened = kBeforeRecords, closed = kNotEnded;
        PlaceState state = PlaceState::open;
    };

    static FileRequest request(const LoadContext& context, const LayerSpec& spec) {
        FileRequest request = request_of(context, spec, spec.files.front());
        request.words = {"id", "name", "kind", "opened", "closed", "state", "low-age", "high-age", "postcode"};
        const auto& asked = context.options->attributes;
        if (std::find(asked.begin(), asked.end(), "street") != asked.end()) request.words.emplace_back("street");
        return request;
    }

    void read_facts() {
        const auto opened = file_.cell("opened"), closed = file_.cell("closed");
        for (std::size_t i = 0; i < whole_.rows.size(); ++i) {
            Facts facts;
            read_state(i, facts);
            read_date(i, opened, "opened", facts.opened, facts);
            const bool dated = read_date(i, closed, "closed", facts.closed, facts);
            blank_opened_ += facts.opened == kBeforeRecords;
            if (closed_ && !dated) {  // never open, so that it can neither breach nor hide one
                facts.closed = facts.opened;
                ++closed_undated_;
            } else if (facts.closed < facts.opened) {
                facts.state = PlaceState::unclear;
                add_issue(i, "closed-before-opened",
                          "it closed (" + format_date(facts.closed) + ") before it opened (" +
                              format_date(facts.opened) + ")",
                          "when it was open is not known; results that rest on it are unknown");
            }
            facts.kind = kind_of(i);
            facts_.push_back(std::move(facts));
        }
    }

    void read_state(std::size_t i, Facts& facts) {
        closed_ = false;
        const std::string_view cell = trimmed(text(i, file_.cell("state")));
        if (cell.empty()) return;
        switch (words_.state(cell)) {
            case StateWord::open:
                return;
            case StateWord::proposed:
                facts.state = PlaceState::proposed;
                return;
            case StateWord::closed:
                closed_ = true;
                return;
            case StateWord::unknown:
                break;
        }
        facts.state = PlaceState::unclear;
        add_issue(
            i, "unknown-state",
            printable(file_.column_of("state")) + " is \"" + printable(cell) + "\", which is no state that is known",
            "whether it is open is not known; results that rest on it are unknown");
    }

    bool read_date(std::size_t i, const std::optional<std::size_t>& cell, const char* name, Date& date, Facts& facts) {
        if (!cell) return false;
        const auto reading = dates_.read(text(i, cell));
        if (reading.date) date = *reading.date;
        if (reading.unreadable) {
            facts.state = PlaceState::unclear;
            add_issue(i, "bad-date",
                      printable(file_.column_of(name)) + " is \"" + printable(text(i, cell)) + "\", which is no date",
                      "when it was open is not known; results that rest on it are unknown");
        }
        return reading.date.has_value();
    }

    std::string kind_of(std::size_t i) {
        const auto kind =
            words_.kind(text(i, file_.cell("kind")), text(i, file_.cell("low-age")), text(i, file_.cell("high-age")));
        if (!kind.known) {
            add_issue(i, "unknown-kind",
                      printable(file_.column_of("kind")) + " is \"" + printable(text(i, file_.cell("kind"))) +
                          "\", which is no kind that is known",
                      "it is tested and flagged");
        }
        blank_kinds_ += kind.known && kind.word.empty();
        return kind.word;
    }

    bool has_location(std::size_t i) const { return located(i).shapes.has_location(whole_.rows[i].row); }

    /// Of rows without location: those whose postcode lies far outside the study area.
    std::set<std::size_t> far_outside(const Doubles& doubles) {
        std::set<std::size_t> out;
        const auto cell = file_.cell("postcode");
        if (!cell || !context_.study->postcodes || !context_.area) return out;
        std::map<std::size_t, std::string> codes;
        std::set<std::string> asked;
        for (std::size_t i = 0; i < whole_.rows.size(); ++i) {
            if (has_location(i) || doubles.same_row[i]) continue;
            const auto code = normal_postcode(text(i, cell));
            if (code) asked.insert(codes[i] = *code);
        }
        if (asked.empty()) return out;
        Issues said_elsewhere;
        const LookupAnswer answer =
            look_up(*context_.study, Lookup::postcodes, asked, context_.options->grids, said_elsewhere);
        Box near = *context_.area;
        near = {near.min_x - kFarOutside, near.min_y - kFarOutside, near.max_x + kFarOutside, near.max_y + kFarOutside};
        for (const auto& [i, code] : codes) {
            const auto found = answer.found.find(code);
            if (found != answer.found.end() && !near.contains(found->second.point)) out.insert(i);
        }
        return out;
    }

    void list_troubles(const Doubles& doubles) {
        const std::set<std::size_t> far = far_outside(doubles);
        std::vector<std::size_t> next(whole_.batches.size(), 0);  // first trouble of the batch not yet listed
        for (std::size_t i = 0; i < whole_.rows.size(); ++i) {
            const RowAt at = whole_.rows[i];
            const LocatedRows& rows = whole_.batches[at.batch];
            std::size_t& t = next[at.batch];
            while (t < rows.troubles.size() && rows.troubles[t].row < at.row) ++t;
            for (; t < rows.troubles.size() && rows.troubles[t].row == at.row; ++t) {
                if (doubles.same_row[i]) continue;
                RowTrouble trouble = rows.troubles[t];
                const bool outside = trouble.kept == Kept::not_used && far.contains(i);
                if (outside)
                    trouble.action = "its postcode is more than 10 km outside the study area: it cannot hide a breach";
                const Facts& facts = facts_[i];
                const Date until = place_hides_until(facts.state, facts.opened, facts.closed);
                const bool hides = until != kBeforeRecords && !outside;
                Issue issue = issue_of(file_, rows, trouble, ids_[i], hides);
                if (issue.may_hide_breach) {
                    issue.hides_until = until;
                    const auto& first = context_.options->not_before;
                    layer_.without_location += !first || until > *first;
                }
                context_.issues->add(std::move(issue));
            }
        }
    }

    void fill(const Doubles& doubles) {
        std::vector<std::uint32_t> order;
        for (std::uint32_t i = 0; i < whole_.rows.size(); ++i) {
            if (doubles.same_row[i]) {
                ++file_.account.ruled_out;
            } else if (!has_location(i)) {
                ++file_.account.not_used;
                elsewhere_.emplace_back(ids_[i]);
            } else {
                order.push_back(i);
            }
        }
        const auto first = [this](std::uint32_t i) {
            return whole_.batches[whole_.rows[i].batch].shapes.first_point(whole_.rows[i].row);
        };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            if (ids_[a] != ids_[b]) return ids_[a] < ids_[b];
            const Point p = first(a), q = first(b);
            return std::tie(p.x, p.y, a) < std::tie(q.x, q.y, b);
        });
        append_all(order);
        file_.account.used += order.size();
    }

    /// A batch's shapes go as soon as the last of them is copied: a national layer is not held twice.
    void append_all(const std::vector<std::uint32_t>& order) {
        std::vector<std::size_t> left(whole_.batches.size(), 0);
        std::size_t vertices = 0;
        for (const std::uint32_t i : order) ++left[whole_.rows[i].batch];
        for (const LocatedRows& rows : whole_.batches) vertices += rows.shapes.vertices();
        layer_.shapes.reserve(vertices);
        for (const std::uint32_t i : order) {
            append(i);
            const std::uint32_t batch = whole_.rows[i].batch;
            if (--left[batch] == 0) whole_.batches[batch].shapes = Shapes();
        }
    }

    void append(std::uint32_t i) {
        const Shapes& shapes = whole_.batches[whole_.rows[i].batch].shapes;
        const std::uint32_t row = whole_.rows[i].row;
        layer_.id.add(ids_[i]);
        layer_.name.add(trimmed(text(i, file_.cell("name"))));
        layer_.kind.add(facts_[i].kind);
        layer_.opened.push_back(facts_[i].opened);
        layer_.closed.push_back(facts_[i].closed);
        layer_.state.push_back(facts_[i].state);
        layer_.shapes.add_copy(shapes, row);
        const Point middle = centroid(shapes, row);
        layer_.centroids.add_point(middle.x, middle.y);
        bool line = false, surface = false;
        for (std::uint32_t p = shapes.part_begin(row); p < shapes.part_end(row); ++p) {
            line = line || shapes.kind(p) == PartKind::line;
            surface = surface || shapes.kind(p) == PartKind::ring;
        }
        layer_.point_only.push_back(!line && !surface);
        if (line && !surface && !was_repaired(i))
            add_issue(i, "line-as-place", "its geometry is a line, which is odd for a place", "measured to the line");
        for (const auto& [name, cell] : file_.attributes) layer_.attributes[name].add(trimmed(text(i, cell)));
    }

    /// A flat polygon that became a line is said already.
    bool was_repaired(std::uint32_t i) const {
        const auto& troubles = whole_.batches[whole_.rows[i].batch].troubles;
        const auto found = std::lower_bound(troubles.begin(), troubles.end(), whole_.rows[i].row,
                                            [](const RowTrouble& t, std::uint32_t row) { return t.row < row; });
        return found != troubles.end() && found->row == whole_.rows[i].row;
    }

    /// Said once a layer, with a count.
    void note_blanks() {
        const std::uint64_t n = whole_.rows.size();
        const auto note = [&](const char* code, std::uint64_t count, const std::string& what,
                              const std::string& action) {
            if (count > 0)
                context_.issues->add(file_.issue(code, grouped(count) + " of " + grouped(n) + " rows " + what, action));
        };
        if (n > 0 && layer_.size() == 0) {
            context_.issues->add(file_.issue(
                "empty-layer",
                "none of the " + counted(n, "row") + " of the layer " + printable(file_.layer) + " has a location",
                "nothing can be tested against it"));
        }
        note("no-id", blank_ids_, file_.cell("id") ? "have a blank id" : "have no id: the file has no such column",
             "named by their row");
        if (file_.cell("kind")) note("no-kind", blank_kinds_, "state no kind", "tested and flagged");
        note("no-opening-date", blank_opened_, "have no opening date", "taken as open since before records");
        note("closed-undated", closed_undated_, "are closed without a closing date", "counted as open on no day");
    }

    void finish() {
        for (const LocatedRows& rows : whole_.batches) {
            const auto id = file_.cell("id");
            for (std::size_t i = 0; id && i < rows.size(); ++i) {
                if (!rows.passes[i]) elsewhere_.emplace_back(trimmed(rows.batch.cells[*id][i]));
            }
        }
        std::sort(elsewhere_.begin(), elsewhere_.end());
        layer_.facts = facts_of(spec_, file_);
        FileRecord record = file_record(file_, &spec_);
        record.sha256 = hash_of_source(file_, &record.bytes);
        layer_.facts.files.push_back(std::move(record));
        context_.issues->accounts().push_back(file_.account);
        load_entrances(context_, spec_, file_, elsewhere_, layer_);
    }

    const LayerSpec& spec_;
    PlaceWords words_;
    std::vector<Facts> facts_;
    bool closed_ = false;  // the state of the row being read
    std::uint64_t blank_ids_ = 0, blank_opened_ = 0, blank_kinds_ = 0, closed_undated_ = 0;
    std::vector<std::string> elsewhere_;  // ids of places that are not in the layer
    PlaceLayer layer_;
};

}  // namespace

Date place_hides_until(PlaceState state, Date opened, Date closed) {
    if (state == PlaceState::unclear) return kNotEnded;
    return closed <= opened ? kBeforeRecords : closed;
}

PlaceLayer load_places(const LoadContext& context, const LayerSpec& spec) { return PlaceLoader(context, spec).load(); }

}  // namespace geo
