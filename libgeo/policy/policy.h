// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/units.h"
#include "libgeo/base/uses.h"

namespace geo {

/// A layer as a rule names it, perhaps narrowed. What it means is decided where layers are bound (assess).
struct LayerFilter {
    std::string layer;                                      ///< `schools`
    std::vector<std::string> kinds;                         ///< `secondary`, `all-through`; empty: all
    std::vector<std::string> states;                        ///< `open`, `proposed`; empty: open
    std::map<std::string, std::vector<std::string>> where;  ///< attribute → accepted values
    int line = 0;
    bool operator==(const LayerFilter& o) const {
        return layer == o.layer && kinds == o.kinds && states == o.states && where == o.where;
    }
};

enum class Comparator { at_most, below, at_least, above };  ///< <=, <, >=, >

/// `<= 400 m`. Edges are the policy's own.
struct Comparison {
    Comparator comparator = Comparator::at_most;
    double limit = 0.0;  ///< metres, minutes, per cent, units or a bare number
    Unit unit = Unit::none;
    std::string text;        ///< as written
    bool judgement = false;  ///< the policy gives no number
    std::string
        field;  ///< `>= field:national.rate`: the limit is a value that the study gives; `limit` is then set when it is bound
};
/// True where `value` satisfies the comparison, its limit moved outward by `tie` for <= and >=, inward for < and >.
bool holds(const Comparison& comparison, double value, double tie);

enum class From { boundary, entrances, centroid, point };
enum class Site { as_given, boundary, point, entrance };
enum class By { straight_line, walking };
std::string_view word(From from);
std::string_view word(Site site);
std::string_view word(By by);

/// Walking speed where a policy gives minutes and none: 4.8 km/h, so that 400 m take five minutes, as planning guidance reckons (CIHT, Planning for Walking, 2015).
inline constexpr double kWalkingSpeed = 80.0;  // metres a minute

/// Metres to the nearest place of each of the layers. A limit in minutes is in metres once it is read: Comparison::text says how it was written.
struct DistanceMeasure {
    std::vector<LayerFilter> to;
    From from = From::boundary;
    Site site = Site::as_given;
    By by = By::straight_line;
    std::optional<double> speed_m_per_min;  ///< none: kWalkingSpeed
};

/// How much of a site polygon must lie in an area for `inside` to hold.
enum class Extent { partly_is_borderline, any, all };

/// The proposal lies in one of these layers of areas.
struct InsideCondition {
    std::vector<LayerFilter> of;
    Extent extent = Extent::partly_is_borderline;
};

/// `inside = { of = [ … ] }`, breach = "outside" (only in listed centres) or "inside".
struct InsideMeasure {
    InsideCondition where;
    bool breach_inside = false;  ///< breach = "inside"
};

/// What makes a unit's or outlet's use count. Default: what trades there: observed and lawful.
enum class UnitState : std::uint8_t { observed, lawful, permitted, vacant_lawful };
std::string_view word(UnitState state);  ///< `observed`, `lawful`, `permitted`, `vacant-lawful`

/// Whether a figure is taken with the proposal present, or as things stand.
enum class Presence { included, excluded };

/// What count, share, run and gap have in common: which uses, in which states, with or without the proposal.
struct Counted {
    std::vector<Use> of;  ///< at least one; the measure looks at any of them
    std::vector<UnitState> states{UnitState::observed, UnitState::lawful};
    Presence proposal = Presence::included;
};

/// `window = { units = 21, centred = true }`: the proposal's unit with 10 either side; not centred: any 21 in a row that hold the proposal's unit.
struct UnitWindow {
    int units = 0;
    bool centred = false;
};

/// Outlets (units along a frontage) of a use; exactly one of `within`, `in`, `window`.
struct CountMeasure {
    Counted counted;
    std::optional<double> within_m;  ///< straight-line radius around the site, metres; outlets layers are counted
    From from = From::boundary;      ///< of the outlet: only its point is known mostly
    Site site = Site::as_given;
    By by = By::straight_line;
    std::optional<double> speed_m_per_min;
    std::vector<LayerFilter> in;  ///< layers of areas (outlets are counted) or frontages (units are)
    std::optional<UnitWindow> window;
    std::vector<LayerFilter> along;  ///< frontages layers of `window`; default: `frontages`
    std::optional<double>
        per_residents;  ///< `per = "1000 residents"`: the count over the population of the area of `in`, of the latest year not after the day
};

enum class Among { units, frontage_metres, food_outlets };
std::string_view word(Among among);

/// Per cent. With `in` a frontages layer: of the proposal's frontage. With `in` areas: of the units (food outlets) in the area that holds the site.
struct ShareMeasure {
    Counted counted;
    Among among = Among::units;
    std::vector<LayerFilter> in;
};

/// Units in the longest adjacent run with the proposal in it.
struct RunMeasure {
    Counted counted;
    std::vector<LayerFilter> along;
};

enum class Between { groups, units };
/// Other units between the proposal's run (groups) or the proposal itself (units) and the next unit of the use; the fewer of both sides.
struct GapMeasure {
    Counted counted;
    std::vector<LayerFilter> along;
    Between between = Between::groups;
};

/// A figure of the area that holds the site (`of`), or of the application itself (`of` empty): `{ of = "wards", field = "year6", breach = "> 10 %" }`.
struct FieldTest {
    std::optional<LayerFilter> of;
    std::string field;            ///< attribute as the study's layer (or `fields` of proposals) calls it
    Comparison holds;             ///< used when `is` is empty
    std::vector<std::string> is;  ///< accepted values, compared folded
    int line = 0;
};

/// All of `tests` hold → the rule's breach holds. One test: `attribute = { of, field }` with the rule's own `breach`.
struct AttributeMeasure {
    std::vector<FieldTest> tests;
};

using Measure =
    std::variant<DistanceMeasure, InsideMeasure, CountMeasure, ShareMeasure, RunMeasure, GapMeasure, AttributeMeasure>;
/// `distance`, `inside`, …: the key of a rule's measure.
std::string_view word(const Measure& measure);
/// Every layer that a measure names, in the order of the file.
std::vector<LayerFilter> layers_of(const Measure& measure);

/// One line of `bands`: its `breach` counts where the frontage (area) has so many units and its layer's attributes have these values. The first band that fits is
/// taken; none: not-applicable.
struct Band {
    std::optional<Comparison> units;
    std::map<std::string, std::vector<std::string>> where;  ///< attribute of the area (frontage) → accepted values
    Comparison breach;
    int line = 0;
};

/// All that is given must hold.
struct When {
    std::vector<Use> uses;
    std::optional<Date> from, until;  ///< as-at date in [from, until)
    std::optional<InsideCondition> inside;
    std::vector<FieldTest> fields;  ///< `attribute = { … }` or an array of them: all must hold
    bool same_street = false;       ///< with distance: places of the proposal's own street only
};

/// Hours of the day that an application keeps to: `unless = { open-within = "17:00-23:30" }`. Minutes since midnight.
struct OpenWithin {
    int from = 0, until = 24 * 60;
    std::string text;
};

/// Any that holds exempts.
struct Unless {
    std::optional<InsideCondition> inside;
    std::vector<FieldTest> fields;
    std::optional<OpenWithin> open_within;  ///< fields `opens` and `closes` of the application
};

/// What follows when the comparison holds. `refuse` and `resist` can breach, the others are triggered.
struct Outcome {
    enum class Kind { refuse, resist, condition, contribute, consult, flag };
    Kind kind = Kind::refuse;
    std::string details;  ///< plain words of a condition or contribution: `closed 12:00-14:00 on school-days`
    bool can_breach() const { return kind == Kind::refuse || kind == Kind::resist; }
};
std::string_view word(Outcome::Kind kind);

struct Rule {
    std::string id, title, text, cite;
    std::string unchecked;  ///< reason; empty: checked
    std::string superseded_by;
    Measure measure;
    Comparison breach;            ///< with `bands` or `inside`: unused
    std::vector<Band> bands;      ///< empty: `breach` is the limit
    std::vector<Use> applies_to;  ///< of the rule, else of the policy; empty: every use
    When when;
    Unless unless;
    Outcome outcome;
    int line = 0;
};

struct Policy {
    enum class Status { adopted, emerging, withdrawn };
    std::string id, title, authority, source;
    std::string kind;  ///< development-plan | spd | guidance | national | licensing
    Status status = Status::adopted;
    std::string applies_in;      ///< area code; empty: everywhere
    Date from = kBeforeRecords;  ///< in force [from, until)
    Date until = kNotEnded;
    double tie_m = 0.001;  ///< metres; `tie = "1 mm"`
    std::vector<std::string> not_encoded;
    std::vector<Rule> rules;
    std::string file;    ///< as the study names it, or `catalogue:ID`
    std::string sha256;  ///< of its text
};
std::string_view word(Policy::Status status);

/// Layer names that any policy may use without the study having them (the rule is then `unknown`).
std::span<const std::string> catalogue_layer_names();

/// `<= 400 m`, `> 5 %`, `>= field:national.rate`, `judgement`. None when it is no comparison.
std::optional<Comparison> parse_comparison(std::string_view text);

/// Reads a policy. `known_layers`: the study's layer names; a rule that names a layer which is neither among them nor in the catalogue's
/// list is an error with the nearest word. Throws UsageError `file:line: rule ID: …`. All keys are checked.
Policy read_policy(const std::string& toml, const std::string& file_name, std::span<const std::string> known_layers);

}  // namespace geo
