// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/code_lookup.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/base/text.h"

namespace geo {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
/// Shares are published to two decimals or more: two of them may come to 1.01.
constexpr double kShareSlack = 0.0101;

std::string some(std::vector<std::string> words) {
    constexpr std::size_t kShown = 5;
    if (words.size() > kShown) words.resize(kShown), words.emplace_back("…");
    return join_words(words, ", ");
}

}  // namespace

CodeIndex index_of(const TextColumn& codes) {
    CodeIndex index;
    for (std::uint32_t i = 0; i < codes.size(); ++i) index[codes[i]].push_back(i);
    return index;
}

ListedAreas listed(const TextColumn& codes, const std::vector<std::uint32_t>& areas) {
    std::vector<std::string> shown;
    for (const std::uint32_t area : areas) shown.emplace_back(printable(codes[area], 20));
    return {grouped(areas.size()) + " of " + counted(codes.size(), "area"), some(std::move(shown))};
}

CodeLookup::CodeLookup(const LoadContext& context, const CodeLookupSpec& spec, const std::string& name,
                       std::string what, Figures figures, AreaLayer& layer)
    : context_(context),
      areas_(layer.code),
      spec_(spec.file),
      what_(std::move(what)),
      figures_(figures),
      area_index_(index_of(layer.code)),
      parts_(layer.size()),
      unnamed_(layer.size(), 0) {
    spec_.preset = "none";
    FileRequest request;
    request.study = context.study;
    request.layer = name;
    request.spec = &spec_;
    request.named = {{"from", spec.from}, {"to", spec.to}};
    if (!spec.share.empty()) request.named["share"] = spec.share;
    request.location = Location::none;
    request.grids = &context.options->grids;
    request.preset_where = false;
    file_ = open_layer_file(request, *context.issues);
    read();
    check_shares();
    make_parts();
    close_file(layer);
    count_areas();
    list_areas_without();
}

CodeLookup::~CodeLookup() = default;

void CodeLookup::read() {
    while (auto batch = file_.table->next_batch()) {
        take_source_issues(file_, *batch, false, *context_.issues);
        const auto passes = passing_rows(file_, *batch);
        for (std::size_t i = 0; i < batch->size(); ++i) {
            if (passes[i]) {
                read_row(*batch, i);
            } else {
                ++file_.account.ruled_out;
            }
        }
    }
}

void CodeLookup::refuse(const Batch& batch, std::size_t i, const char* code, const std::string& message) {
    Issue issue = file_.issue(code, message, "not used", batch.row[i]);
    issue.id = trimmed(batch.cells[*file_.cell("from")][i]);
    issue.kept = Kept::not_used;
    context_.issues->add(std::move(issue));
    ++file_.account.not_used;
}

CodeLookup::Code& CodeLookup::code_of(std::string_view from) {
    const auto [found, added] = numbers_.emplace(from, static_cast<std::uint32_t>(codes_.size()));
    if (added) from_.add(from), codes_.emplace_back();
    return codes_[found->second];
}

/// 1 where the look-up has no shares; NaN where the cell is none.
double CodeLookup::share_of(const Batch& batch, std::size_t i) {
    const auto cell = file_.cell("share");
    if (!cell) return 1;
    const auto share = parse_number(batch.cells[*cell][i]);
    return share && *share >= 0 && *share <= 1 ? *share : kUnknown;
}

/// A row with one blank still says that the other code has a part elsewhere: what is left of it is not the whole.
void CodeLookup::read_row(const Batch& batch, std::size_t i) {
    const std::string_view from = trimmed(batch.cells[*file_.cell("from")][i]);
    const std::string_view to = trimmed(batch.cells[*file_.cell("to")][i]);
    if (from.empty() || to.empty()) {
        refuse(batch, i, "bad-value", printable(file_.column_of(from.empty() ? "from" : "to")) + " is blank");
        if (!from.empty()) code_of(from).to.emplace_back("", kUnknown);
        const auto areas = area_index_.find(to);
        if (from.empty() && areas != area_index_.end())
            for (const std::uint32_t area : areas->second) unnamed_[area] = 1;
        return;
    }
    take(from, to, share_of(batch, i), batch, i);
}

void CodeLookup::take(std::string_view from, std::string_view to, double share, const Batch& batch, std::size_t i) {
    auto& belongs = code_of(from).to;
    const auto same = std::find_if(belongs.begin(), belongs.end(), [to](const auto& one) { return one.first == to; });
    const bool first = same == belongs.end();
    if (std::isnan(share)) {
        if (first) belongs.emplace_back(to, share);
        refuse(batch, i, "bad-value",
               printable(file_.column_of("share")) + " is \"" + printable(batch.cells[*file_.cell("share")][i]) +
                   "\"; a proportion from 0 to 1 is expected");
        if (!first) same->second = kUnknown;
    } else if (first) {
        belongs.emplace_back(to, share);
        const bool here = area_index_.contains(to);
        ++(here ? file_.account.used : file_.account.ruled_out);
        elsewhere_ += here ? 0 : 1;
    } else if (same->second == share) {
        ++file_.account.ruled_out;
        ++doubled_;
    } else {
        same->second = kUnknown;
        refuse(batch, i, "duplicate-id",
               "duplicate: an earlier row gives " + printable(to) + " another share of " + printable(from) +
                   "; neither is used");
    }
}

void CodeLookup::check_shares() {
    if (!file_.cell("share")) return;
    std::vector<std::string> over, under;
    for (std::uint32_t code = 0; code < codes_.size(); ++code) {
        double sum = 0;
        bool here = false;
        for (const auto& [to, share] : codes_[code].to) sum += share, here = here || area_index_.contains(to);
        codes_[code].shares_fit = !(sum > 1 + kShareSlack);
        if (!codes_[code].shares_fit) over.emplace_back(printable(from_[code], 20));
        if (here && sum < 1 - kShareSlack) under.emplace_back(printable(from_[code], 20));
    }
    const std::string column = printable(file_.column_of("share"));
    const auto note = [&](const std::vector<std::string>& found, const char* code, const std::string& says,
                          const std::string& action) {
        if (found.empty()) return;
        context_.issues->add(file_.issue(
            code,
            column + ": the shares of " + counted(found.size(), "code") + " come to " + says + " (" + some(found) + ")",
            action));
    };
    note(over, "shares-over-one", "more than 1", "the figures of these codes are not used");
    note(under, "shares-under-one", "less than 1", "the rest of these codes' figures is given to no area");
}

void CodeLookup::make_parts() {
    for (std::uint32_t code = 0; code < codes_.size(); ++code) {
        const auto& belongs = codes_[code].to;
        const bool divisible = file_.cell("share") ? codes_[code].shares_fit : belongs.size() == 1;
        bool here = false;
        for (const auto& [to, share] : belongs) {
            const auto areas = area_index_.find(to);
            if (to.empty() || areas == area_index_.end() || share == 0) continue;
            here = true;
            for (const std::uint32_t area : areas->second) parts_[area].push_back({code, divisible ? share : kUnknown});
        }
        if (here) index_[from_[code]].push_back(code);
    }
}

void CodeLookup::close_file(AreaLayer& layer) {
    if (doubled_ > 0)
        context_.issues->add(file_.issue(
            "duplicate-row",
            counted(doubled_, "row") + " of " + grouped(file_.account.read) + " state what an earlier row states",
            "counted once"));
    if (elsewhere_ > 0)
        context_.issues->add(file_.issue(
            "rows-without-area",
            counted(elsewhere_, "row") + " of " + grouped(file_.account.read) + " are of no area of the layer",
            "left aside"));
    FileRecord record = file_record(file_, nullptr);
    record.sha256 = hash_of_source(file_, &record.bytes);
    layer.facts.files.push_back(std::move(record));
    context_.issues->accounts().push_back(file_.account);
}

CodeLookup::Made CodeLookup::made_of(std::uint32_t area) const {
    const std::vector<Part>& parts = parts_[area];
    if (unnamed_[area]) return Made::unnamed;
    if (parts.empty()) return Made::not_in_lookup;
    const auto unknown = [](const Part& part) { return std::isnan(part.share); };
    const auto whole = [this](const Part& part) { return codes_[part.code].to.size() == 1 && part.share == 1; };
    if (std::any_of(parts.begin(), parts.end(), unknown)) return Made::not_divided;
    if (!std::all_of(parts.begin(), parts.end(), whole)) return Made::divided;
    return parts.size() == 1 ? Made::unchanged : Made::summed;
}

bool CodeLookup::has_figure(Made made) const {
    return made == Made::unchanged || (figures_ == Figures::sums && (made == Made::summed || made == Made::divided));
}

std::vector<std::uint32_t> CodeLookup::areas_made(Made made) const {
    std::vector<std::uint32_t> areas;
    for (std::uint32_t area = 0; area < areas_.size(); ++area)
        if (made_of(area) == made) areas.push_back(area);
    return areas;
}

void CodeLookup::list_areas(Made made, const char* code, const std::string& says, const std::string& help) const {
    const std::vector<std::uint32_t> areas = areas_made(made);
    if (areas.empty()) return;
    const ListedAreas found = listed(areas_, areas);
    context_.issues->add(file_.issue(code, found.count + " " + says + " (" + found.codes + ")",
                                     "no " + what_ + " for them" + (help.empty() ? "" : "; " + help)));
}

void CodeLookup::count_areas() const {
    const auto n = [this](Made made) { return grouped(areas_made(made).size()); };
    context_.issues->add(
        file_.issue("codes-looked-up",
                    "from " + printable(file_.column_of("from")) + " to " + printable(file_.column_of("to")) + ", " +
                        counted(areas_.size(), "area") + ": " + n(Made::unchanged) + " unchanged, " + n(Made::summed) +
                        " split (several codes), " + n(Made::divided) + " merged or redrawn and divided by shares, " +
                        n(Made::not_divided) + " merged or redrawn without shares, " + n(Made::unnamed) +
                        " with a part without a code, " + n(Made::not_in_lookup) + " not in the look-up",
                    figures_ == Figures::ranks ? "unchanged areas have the rank of their code"
                                               : "the codes of an area are summed"));
}

void CodeLookup::list_areas_without() const {
    const std::string from = printable(file_.column_of("from")), to = printable(file_.column_of("to"));
    const std::string own = "give a table by " + to + " for them";
    const bool ranks = figures_ == Figures::ranks;
    list_areas(
        Made::not_divided, "areas-not-divided",
        "hold a part of a code that belongs to several areas, and its share is not known",
        (ranks ? "a rank cannot be divided; " : "give the look-up's proportions as share = \"COLUMN\", or ") + own);
    list_areas(Made::unnamed, "areas-not-divided", "have a part whose " + from + " is blank", "complete the look-up");
    const auto lost = areas_made(Made::not_in_lookup);
    const bool swapped = std::any_of(lost.begin(), lost.end(), [this](auto area) { return knows(areas_[area]); });
    const std::string doubt =
        "some are in " + from + ": are `from` (the table's codes) and `to` (the layer's) the wrong way round?";
    list_areas(Made::not_in_lookup, "areas-not-in-lookup", "are in no row of " + to, swapped ? doubt : "");
    if (ranks)
        list_areas(Made::summed, "areas-changed", "are several codes of the table", "ranks cannot be summed; " + own);
}

bool CodeLookup::used(const Code& code) const {
    const auto has_one = [this](std::uint32_t area) { return has_figure(made_of(area)); };
    return std::any_of(code.to.begin(), code.to.end(), [&](const auto& part) {
        const auto areas = area_index_.find(part.first);
        return areas != area_index_.end() && std::any_of(areas->second.begin(), areas->second.end(), has_one);
    });
}

std::string CodeLookup::complaint(std::uint32_t number) const {
    const Code& code = codes_[number];
    if (used(code)) return {};
    std::vector<std::string> to;
    for (const auto& part : code.to)
        to.emplace_back(part.first.empty() ? "one without a code" : printable(part.first, 20));
    const std::string shown = printable(from_[number], 20), areas = some(to);
    if (file_.cell("share") && (!code.shares_fit || std::isnan(code.to.front().second)))
        return shown + " belongs to " + areas + " by a share that is not known";
    if (to.size() > 1) return shown + " belongs to several areas (" + areas + ") and cannot be divided between them";
    if (figures_ == Figures::ranks) return shown + " is only a part of " + areas + ", and ranks cannot be summed";
    return shown + " is only a part of " + areas + ", whose other parts are not known";
}

std::vector<double> CodeLookup::by_area(const std::vector<double>& figures, int year) const {
    std::vector<double> found(areas_.size(), kUnknown);
    std::vector<std::uint32_t> incomplete;
    for (std::uint32_t area = 0; area < areas_.size(); ++area) {
        if (!has_figure(made_of(area))) continue;
        double sum = 0;  // NaN stays
        for (const Part& part : parts_[area]) sum += part.share * figures[part.code];
        found[area] = sum;
        if (std::isnan(sum)) incomplete.push_back(area);
    }
    if (incomplete.empty()) return found;
    const ListedAreas areas = listed(areas_, incomplete);
    context_.issues->add(file_.issue("areas-without-value",
                                     areas.count + " have a part of which the table has no " + what_ +
                                         (year == 0 ? "" : " in " + std::to_string(year)) + " (" + areas.codes + ")",
                                     "not known for these areas; the sum of what is there would be too small"));
    return found;
}

}  // namespace geo
