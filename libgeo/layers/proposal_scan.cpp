// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "libgeo/base/pipeline.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/loaders.h"
#include "libgeo/layers/proposal_layer.h"

namespace geo {
namespace {

constexpr std::size_t kBatchesUnderWay = 8;
constexpr std::size_t kMostHeldRows = 1'000'000;
constexpr std::size_t kBuckets = 1024;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

/// Looks at located rows until a batch has some: enough to see a wrong label.
void check_first_rows(ProposalLayer& layer, const std::optional<Box>& area, Issues& issues) {
    CoordinateSample sample;
    bool any = false;
    while (auto batch = layer.file.table->next_batch()) {
        any = any || batch->read > 0;
        sample.merge(locate_rows(layer.file, std::move(*batch)).sample);
        if (sample.located > 0) break;
    }
    if (!any) note_empty(layer.file, issues);
    check_coordinates(layer.file, sample, *layer.study.crs, area, issues);
    layer.file.table->rewind();
}

/// What a batch gives to the scan.
struct Scanned {
    std::vector<std::uint64_t> references;
    FileDates dates;
};

Scanned scan_batch(const ProposalLayer& layer, const Batch& batch) {
    Scanned out;
    const LayerFile& file = layer.file;
    const std::vector<std::uint8_t> passes = passing_rows(file, batch);
    if (const auto cell = file.cell("reference")) {
        out.references.reserve(batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::string_view reference = trimmed(batch.cells[*cell][i]);
            if (passes[i] && !reference.empty()) out.references.push_back(hash_of(reference));
        }
    }
    for (const char* word : {"received", "validated", "decided"}) {
        const auto cell = file.cell(word);
        if (!cell) continue;
        const std::string column = file.column_of(word);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (passes[i]) out.dates.see(batch.cells[*cell][i], batch.row[i], column);
        }
    }
    return out;
}

/// Runs `work` on every batch, in parallel, and `take` in order.
template <class Result, class Work, class Take>
void for_each_batch(Table& table, const Work& work, const Take& take) {
    struct Item {
        std::unique_ptr<Table::Raw> raw;
        std::optional<Result> result;
    };
    pipeline<Item>(
        kBatchesUnderWay, [&table](Item& item) { return (item.raw = table.next()) != nullptr; },
        [&](Item& item) { item.result = work(table.decode(std::move(item.raw))); },
        [&](Item& item) { take(std::move(*item.result)); });
}

/// Hashes of references, spread over buckets so that each can be sorted by itself.
class HashBuckets {
  public:
    void add(const std::vector<std::uint64_t>& hashes) {
        for (const std::uint64_t h : hashes) buckets_[h >> 54].push_back(h);
    }
    /// Hashes that occur more than once, sorted. Empties the buckets.
    std::vector<std::uint64_t> doubled() {
        struct Item {
            std::size_t bucket = 0;
            std::vector<std::uint64_t> found;
        };
        std::size_t next = 0;
        std::vector<std::uint64_t> all;
        pipeline<Item>(
            kBatchesUnderWay,
            [&next](Item& item) {
                item.bucket = next++;
                return item.bucket < kBuckets;
            },
            [this](Item& item) { item.found = doubled_of(buckets_[item.bucket]); },
            [&all](Item& item) { all.insert(all.end(), item.found.begin(), item.found.end()); });
        return all;
    }

  private:
    static std::vector<std::uint64_t> doubled_of(std::vector<std::uint64_t>& bucket) {
        std::vector<std::uint64_t> found;
        std::sort(bucket.begin(), bucket.end());
        for (std::size_t i = 1; i < bucket.size(); ++i) {
            if (bucket[i] == bucket[i - 1] && (found.empty() || found.back() != bucket[i])) found.push_back(bucket[i]);
        }
        std::vector<std::uint64_t>().swap(bucket);
        return found;
    }
    std::vector<std::vector<std::uint64_t>> buckets_ = std::vector<std::vector<std::uint64_t>>(kBuckets);
};
static_assert(kBuckets == std::size_t{1} << (64 - 54));

HeldRow hold(const LocatedRows& rows, std::size_t i) {
    HeldRow held;
    held.row = rows.batch.row[i];
    for (const auto& column : rows.batch.cells) held.cells.emplace_back(column[i]);
    held.shape.add_copy(rows.shapes, i);
    for (RowTrouble trouble : rows.troubles) {
        if (trouble.row != i) continue;
        trouble.row = 0;
        held.troubles.push_back(std::move(trouble));
    }
    return held;
}

using ByReference = std::map<std::string, std::vector<HeldRow>>;

/// Every row whose reference's hash is doubled, by its reference.
ByReference collect(ProposalLayer& layer, const std::vector<std::uint64_t>& hashes) {
    LayerFile& file = layer.file;
    const std::size_t cell = *file.cell("reference");
    const auto wanted = [&](const Batch& batch, std::size_t i) {
        return std::binary_search(hashes.begin(), hashes.end(), hash_of(trimmed(batch.cells[cell][i])));
    };
    ByReference out;
    std::size_t held = 0;
    const auto work = [&](Batch&& batch) {
        std::vector<HeldRow> found;
        std::vector<std::size_t> indices;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (wanted(batch, i)) indices.push_back(i);
        }
        if (indices.empty()) return found;
        const LocatedRows rows = locate_rows(file, std::move(batch));
        for (const std::size_t i : indices) {
            if (rows.passes[i]) found.push_back(hold(rows, i));
        }
        return found;
    };
    for_each_batch<std::vector<HeldRow>>(*file.table, work, [&](std::vector<HeldRow>&& found) {
        held += found.size();
        if (held > kMostHeldRows) {
            file.fail("more than " + grouped(kMostHeldRows) + " rows share their reference with another row; is " +
                      printable(file.column_of("reference")) + " the column of references?");
        }
        for (HeldRow& row : found) {
            auto& group = out[std::string(trimmed(row.cells[cell]))];
            group.push_back(std::move(row));
        }
    });
    file.table->rewind();
    return out;
}

bool same(const HeldRow& a, const HeldRow& b) { return a.cells == b.cells && same_shape(a.shape, 0, b.shape, 0); }

void add_issue(const LayerFile& file, const char* code, const std::string& reference,
               const std::vector<std::int64_t>& lines, const std::string& what, const std::string& action,
               Issues& issues) {
    Issue issue = file.issue(code, what + " (" + lines_words(file, lines) + ")", action, lines.front());
    issue.id = reference;
    issues.add(std::move(issue));
}

std::uint64_t hash_of_row(const HeldRow& row) {
    std::uint64_t hash = 0;
    const auto mix = [&hash](std::uint64_t part) { hash = hash * 1099511628211u + part; };
    for (const std::string& cell : row.cells) mix(hash_of(cell));
    if (!row.shape.has_location(0)) return hash;
    mix(std::hash<double>{}(row.shape.first_point(0).x));
    mix(std::hash<double>{}(row.shape.first_point(0).y));
    return hash;
}

/// The rows of one reference: the first stays, the same row again is ruled out, others are further sites.
DoubledRows::Group group_of(const LayerFile& file, const std::string& reference, std::vector<HeldRow>&& rows,
                            DoubledRows& out, Issues& issues) {
    std::vector<std::vector<std::int64_t>> lines;  // of each distinct row
    std::vector<std::size_t> distinct;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>>
        by_hash;  // a file may have one reference for all its rows
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<std::size_t>& like = by_hash[hash_of_row(rows[i])];  // indices into `distinct`
        const auto known =
            std::find_if(like.begin(), like.end(), [&](std::size_t k) { return same(rows[distinct[k]], rows[i]); });
        if (known == like.end()) {
            like.push_back(distinct.size());
            distinct.push_back(i);
            lines.push_back({rows[i].row});
        } else {
            lines[*known].push_back(rows[i].row);
            out.same.push_back(rows[i].row);
        }
        if (i > 0) out.later.push_back(rows[i].row);
    }
    std::vector<std::int64_t> firsts;
    for (const auto& some : lines) {
        firsts.push_back(some.front());
        if (some.size() < 2) continue;
        add_issue(file, "duplicate-row", reference, some,
                  "duplicate: the same row stands " + std::to_string(some.size()) + " times", "it is used once",
                  issues);
    }
    if (firsts.size() > 1) {
        add_issue(file, "several-sites", reference, firsts,
                  "its reference stands in " + std::to_string(firsts.size()) + " rows that differ",
                  "taken as one proposal with several sites: the worst counts", issues);
    }
    DoubledRows::Group group;
    group.first = rows.front().row;
    for (std::size_t d = 1; d < distinct.size(); ++d) group.other_sites.push_back(std::move(rows[distinct[d]]));
    return group;
}

void group_doubled(ProposalLayer& layer, ByReference&& by_reference, Issues& issues) {
    auto out = std::make_shared<DoubledRows>();
    std::vector<std::pair<std::int64_t, const std::string*>> order;
    for (const auto& [reference, rows] : by_reference) {
        if (rows.size() > 1) order.emplace_back(rows.front().row, &reference);  // one alone shared its hash only
    }
    std::sort(order.begin(), order.end());
    for (const auto& [row, reference] : order) {
        out->groups.push_back(group_of(layer.file, *reference, std::move(by_reference.at(*reference)), *out, issues));
    }
    std::sort(out->later.begin(), out->later.end());
    std::sort(out->same.begin(), out->same.end());
    layer.doubled = std::move(out);
}

}  // namespace

void scan_proposals(ProposalLayer& layer, const std::optional<Box>& area, Issues& issues) {
    LayerFile& file = layer.file;
    layer.doubled = std::make_shared<DoubledRows>();
    check_first_rows(layer, area, issues);
    const FileSpec& spec = *file.spec;
    const std::optional<DateFormat> given = spec.date_format ? spec.date_format
                                            : file.preset    ? file.preset->date_format
                                                             : std::nullopt;
    const bool has_dates = file.cell("received") || file.cell("validated") || file.cell("decided");
    if (!file.cell("reference") && (!has_dates || given)) {
        layer.dates.settle(file, given, issues);
        return;
    }
    file.table->select(file.selected, false);
    HashBuckets hashes;
    for_each_batch<Scanned>(
        *file.table, [&](Batch&& batch) { return scan_batch(layer, batch); },
        [&](Scanned&& scanned) {
            hashes.add(scanned.references);
            layer.dates.merge(scanned.dates);
        });
    layer.dates.settle(file, given, issues);
    file.table->rewind();
    file.table->select(file.selected, file.located == LocatedBy::geometry);
    const std::vector<std::uint64_t> doubled = hashes.doubled();
    if (!doubled.empty()) group_doubled(layer, collect(layer, doubled), issues);
}

}  // namespace geo
