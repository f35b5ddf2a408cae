// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "libgeo/base/text.h"
#include "libgeo/layers/frontage_parts.h"
#include "libgeo/layers/row_uses.h"
#include "libgeo/layers/rows_of_file.h"

namespace geo {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

/// Pieces of a cell between semicolons, without blank ones and without one that stands before.
std::vector<std::string_view> pieces_of(std::string_view cell) {
    std::vector<std::string_view> pieces;
    for (std::size_t begin = 0; begin <= cell.size();) {
        const std::size_t end = std::min(cell.find(';', begin), cell.size());
        const std::string_view piece = trimmed(cell.substr(begin, end - begin));
        if (!piece.empty() && std::find(pieces.begin(), pieces.end(), piece) == pieces.end()) pieces.push_back(piece);
        begin = end + 1;
    }
    return pieces;
}

bool says_vacant(std::string_view cell) {
    const std::string word = folded(trimmed(cell));
    return word == "vacant" || word == "empty";
}

/// What a unit is beside its place in the order.
struct UnitFacts {
    UseReader::Reading use;
    Occupancy state = Occupancy::observed;
    double metres = kNotKnown;
    std::string_view uprn;
};

class FrontageLoader : RowsOfFile {
  public:
    FrontageLoader(const LoadContext& context, const LayerSpec& spec, const StreetLines* streets)
        : RowsOfFile(context, request(context, spec), false),
          spec_(spec),
          streets_(streets),
          uses_(spec, file_.by_preset["use"] ? file_.preset : nullptr) {
        for (const auto& [value, state] : spec.states) states_[folded(trimmed(value))] = *occupancy_from(state);
    }

    FrontageLayer load() {
        note_blank_ids(read_ids());
        settle_dates();
        find_same_rows();
        list_troubles_kept(same_row_);  // a unit without a location is found by its UPRN or id
        for (std::size_t i = 0; i < size(); ++i) take_row(i);
        note_once();
        build();
        finish();
        return std::move(layer_);
    }

  private:
    static FileRequest request(const LoadContext& context, const LayerSpec& spec) {
        FileRequest request = request_of(context, spec, spec.files.front());
        request.words = {"id",     "name", "parade", "parade-name", "sequence", "number", "street",     "uprn",
                         "metres", "use",  "state",  "opened",      "closed",   "floor",  "description"};
        request.needed = {"parade"};
        request.location = Location::wanted;
        return request;
    }

    void say(const char* code, const std::string& message, const std::string& action, std::int64_t row = 0,
             std::string_view id = {}, Kept kept = Kept::used, bool hides = false) {
        Issue issue = file_.issue(code, message, action, row);
        issue.id = id;
        issue.kept = kept;
        issue.may_hide_breach = hides;
        context_.issues->add(std::move(issue));
    }

    /// The same row again is used once. One id in several parades is a corner; in one parade it is looked at when that is in order.
    void find_same_rows() {
        Issues found;
        same_row_ = same_rows(found);
        for (Issue issue : found.all()) {
            if (issue.code == "duplicate-row") context_.issues->add(std::move(issue));
        }
    }

    void take_row(std::size_t i) {
        if (same_row_[i]) {
            ++file_.account.ruled_out;
            return;
        }
        if (!is_ground_floor(text(i, "floor"))) {
            ++file_.account.ruled_out;
            ++not_ground_;
            return;
        }
        const std::vector<std::string_view> parades = pieces_of(text(i, "parade"));
        if (parades.empty()) {
            ++file_.account.not_used;
            say("no-parade", printable(file_.column_of("parade")) + " is blank: it is in no frontage", "not used",
                line(i), ids_[i], Kept::not_used, true);
            return;
        }
        ++file_.account.used;
        const auto unit = static_cast<std::uint32_t>(units_.size());
        read_unit(i);
        for (const std::string_view parade : parades)
            frontages_[std::string(parade)].push_back({unit, 0.0, false, false});
        read_parade_names(i, parades);
    }

    void read_unit(std::size_t i) {
        UnitRow unit;
        unit.row = i;
        unit.line = line(i);
        unit.id = ids_[i];
        unit.street = folded(trimmed(text(i, "street")));
        unit.sequence = read_number(i, "sequence", "it is ordered without it");
        unit.number = street_number_from(text(i, "number"));
        read_dates(i, unit);
        UnitFacts facts;
        facts.state = read_state(i);
        facts.use = read_use(i, unit.opened, facts.state);
        const auto metres = read_number(i, "metres", "not known");
        if (metres && *metres <= 0.0)
            say("bad-value", printable(file_.column_of("metres")) + " is " + format_shortest(*metres),
                "not known; more than 0 m is expected", line(i), ids_[i]);
        if (metres && *metres > 0.0) facts.metres = *metres;
        if (const auto uprn = uprn_from(text(i, "uprn"))) {
            facts.uprn = *uprn;
        } else {
            say("bad-uprn",
                printable(file_.column_of("uprn")) + " is \"" + printable(text(i, "uprn"), 60) + "\", which is no UPRN",
                "taken as not known", line(i), ids_[i]);
        }
        units_.push_back(std::move(unit));
        facts_.push_back(facts);
        const RowAt at = whole_.rows[i];
        shapes_.add_copy(whole_.batches[at.batch].shapes, at.row);
    }

    /// A finite number; blank is none, anything else is listed.
    std::optional<double> read_number(std::size_t i, const char* name, const std::string& action) {
        const std::string_view cell = text(i, name);
        if (trimmed(cell).empty()) return std::nullopt;
        const auto number = parse_number(cell);
        if (!number) {
            say("bad-value",
                printable(file_.column_of(name)) + " is \"" + printable(cell, 60) + "\", which is no number", action,
                line(i), ids_[i]);
        }
        return number;
    }

    void read_dates(std::size_t i, UnitRow& unit) {
        for (const char* name : {"opened", "closed"}) {
            const auto reading = dates_.read(text(i, name));
            if (reading.date) (*name == 'o' ? unit.opened : unit.closed) = *reading.date;
            if (reading.unreadable) {
                say("bad-date",
                    printable(file_.column_of(name)) + " is \"" + printable(text(i, name)) + "\", which is no date",
                    "taken as if it were blank", line(i), ids_[i]);
            }
        }
        if (unit.opened <= unit.closed) return;
        say("closed-before-opened",
            "it closed (" + format_date(unit.closed) + ") before it opened (" + format_date(unit.opened) + ")",
            "its dates are taken as if they were blank", line(i), ids_[i]);
        unit.opened = kBeforeRecords;
        unit.closed = kNotEnded;
    }

    Occupancy read_state(std::size_t i) {
        const std::string_view cell = trimmed(text(i, "state"));
        if (cell.empty()) {
            const bool vacant =
                says_vacant(text(i, "use")) && !spec_.uses.contains(std::string(trimmed(text(i, "use"))));
            return vacant ? Occupancy::vacant : Occupancy::observed;
        }
        const auto mapped = states_.find(folded(cell));
        if (mapped != states_.end()) return mapped->second;
        const auto state = occupancy_from(cell);
        if (!state) unknown_states_[std::string(cell)].push_back(line(i));
        return state.value_or(Occupancy::observed);
    }

    /// The use column, else the description's words, else the layer's use.
    UseReader::Reading read_use(std::size_t i, Date opened, Occupancy state) {
        const Date on = file_.spec->date           ? *file_.spec->date
                        : opened != kBeforeRecords ? opened
                                                   : context_.study->as_at.value_or(today());
        UseReader::Reading reading = uses_.read(text(i, "use"), on);
        const bool vacant = !reading.known && says_vacant(text(i, "use"));
        if (!reading.known && !vacant) unknown_uses_[std::string(trimmed(text(i, "use")))].push_back(line(i));
        if (reading.use == Use::unstated && !vacant) {
            if (file_.cell("description")) reading.use = UseKeywords::built_in().read(text(i, "description")).use;
            if (reading.use == Use::unstated && spec_.use && reading.known) reading.use = *spec_.use;
            if (reading.use != Use::unstated) reading.all = use_bit(reading.use);
        }
        if (reading.use == Use::unstated && reading.known && state != Occupancy::vacant) no_use_.push_back(line(i));
        return reading;
    }

    /// The first name that a parade is given counts.
    void read_parade_names(std::size_t i, const std::vector<std::string_view>& parades) {
        const std::vector<std::string_view> names = pieces_of(text(i, "parade-name"));
        if (names.size() != parades.size()) return;
        for (std::size_t p = 0; p < parades.size(); ++p) {
            const auto [known, fresh] = parade_names_.try_emplace(std::string(parades[p]), names[p]);
            if (!fresh && known->second != names[p]) other_names_[known->first].push_back(line(i));
        }
    }

    void note_lines(const char* code, const std::vector<std::int64_t>& lines, const std::string& what,
                    const std::string& action, std::string_view id = {}) {
        geo::note_lines(file_, code, lines, what, action, id, false, *context_.issues);
    }

    void note_once() {
        if (not_ground_ > 0)
            say("not-ground-floor", counted(not_ground_, "row is", "rows are") + " not on the ground floor",
                "left aside: frontages are of ground floors");
        if (file_.located == LocatedBy::nothing && !units_.empty())
            say("no-location", "the file has no coordinates", "units are found by their UPRN or id only");
        for (const auto& [value, lines] : unknown_uses_)
            note_lines(
                "unknown-use", lines,
                printable(file_.column_of("use")) + " is \"" + printable(value) + "\", which is no use that is known",
                "their use is not stated; map the value with `uses`");
        for (const auto& [value, lines] : unknown_states_)
            note_lines("unknown-state", lines,
                       printable(file_.column_of("state")) + " is \"" + printable(value) +
                           "\", which is no state that is known",
                       "taken as observed; map the value with `states`");
        note_lines("no-use", no_use_, counted(no_use_.size(), "unit states", "units state") + " no use",
                   "their use is not stated");
        for (const auto& [parade, lines] : other_names_)
            note_lines("several-names", lines, "the parade " + printable(parade) + " has several names",
                       "the first is used", parade);
    }

    void build() {
        std::optional<ParadeLines> lines;
        if (spec_.lines) {
            std::vector<std::string> parades;
            for (const auto& [parade, standings] : frontages_) parades.push_back(parade);
            lines.emplace(context_, spec_, parades);
            lines_record_ = lines->record();
        }
        const FrontageContext context{&units_,  &spec_.breaks,          &shapes_, lines ? &*lines : nullptr,
                                      streets_, spec_.site_radius.value};
        BreakDoubts breaks;
        layer_.first.push_back(0);
        for (const auto& [name, cell] : file_.attributes) layer_.attributes[name];
        for (auto& [parade, standings] : frontages_) {
            const OrderDoubts order = put_in_order(context, parade, standings);
            find_breaks(context, order, standings, breaks);
            note_order(file_, spec_, parade, standings.size(), order, *context_.issues);
            append_frontage(parade, standings);
        }
        note_breaks(file_, breaks, *context_.issues);
    }

    void append_frontage(const std::string& parade, const std::vector<Standing>& standings) {
        const auto index = static_cast<std::uint32_t>(layer_.frontages());
        layer_.frontage_id.add(parade);
        const auto name = parade_names_.find(parade);
        layer_.frontage_name.add(name == parade_names_.end() ? std::string_view() : name->second);
        for (const Standing& standing : standings) {
            append_unit(standing);
            layer_.frontage.push_back(index);
        }
        layer_.first.push_back(static_cast<std::uint32_t>(layer_.size()));
    }

    void append_unit(const Standing& standing) {
        const UnitRow& unit = units_[standing.unit];
        const UnitFacts& facts = facts_[standing.unit];
        layer_.id.add(unit.id);
        layer_.name.add(trimmed(text(unit.row, "name")));
        layer_.uprn.add(facts.uprn);
        layer_.street.add(trimmed(text(unit.row, "street")));
        layer_.number.add(trimmed(text(unit.row, "number")));
        layer_.use.push_back(facts.use.use);
        layer_.uses.push_back(facts.use.all);
        layer_.state.push_back(facts.state);
        layer_.opened.push_back(unit.opened);
        layer_.closed.push_back(unit.closed);
        layer_.metres.push_back(facts.metres);
        layer_.along.push_back(standing.along);
        layer_.shapes.add_copy(shapes_, standing.unit);
        layer_.break_before.push_back(standing.break_before);
        const RowAt at = whole_.rows[unit.row];
        for (const auto& [name, cell] : file_.attributes)
            layer_.attributes[name].add(trimmed(whole_.batches[at.batch].batch.cells[cell][at.row]));
    }

    void finish() {
        layer_.facts = facts_of(spec_, file_);
        FileRecord record = file_record(file_, &spec_);
        record.sha256 = hash_of_source(file_, &record.bytes);
        layer_.facts.files.push_back(std::move(record));
        if (lines_record_) layer_.facts.files.push_back(std::move(*lines_record_));
        context_.issues->accounts().push_back(file_.account);
    }

    const LayerSpec& spec_;
    const StreetLines* streets_;
    UseReader uses_;
    std::map<std::string, Occupancy> states_;  // folded
    std::vector<std::uint8_t> same_row_;
    std::vector<UnitRow> units_;
    std::vector<UnitFacts> facts_;
    Shapes shapes_;  // one a unit
    std::map<std::string, std::vector<Standing>> frontages_;
    std::map<std::string, std::string> parade_names_;
    std::map<std::string, std::vector<std::int64_t>> unknown_uses_, unknown_states_, other_names_;
    std::vector<std::int64_t> no_use_;
    std::uint64_t not_ground_ = 0;
    std::optional<FileRecord> lines_record_;
    FrontageLayer layer_;
};

}  // namespace

FrontageLayer load_frontages(const LoadContext& context, const LayerSpec& spec, const StreetLines* streets) {
    return FrontageLoader(context, spec, spec.breaks.side_streets ? streets : nullptr).load();
}

}  // namespace geo
