// SPDX-License-Identifier: Apache-2.0
#pragma once

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
};
/// True where `value` satisfies the comparison, its limit moved outward by `tie` for <= and >=, inward for < and >.
bool holds(const Comparison& comparison, double value, double tie);

enum class From { boundary, entrances, centroid, point };
enum class Site { as_given, boundary, point, entrance };
enum class By { straight_line, walking };
std::string_view word(From from);
std::string_view word(Site site);
std::string_view word(By by);

/// Metres (or minutes) to the nearest place of each of the layers.
struct DistanceMeasure {
    std::vector<LayerFilter> to;
    From from = From::boundary;
    Site site = Site::as_given;
    By by = By::straight_line;
    std::optional<double> speed_m_per_min;
};

using Measure = std::variant<DistanceMeasure>;

/// How much of a site polygon must lie in an area for `inside` to hold.
enum class Extent { partly_is_borderline, any, all };

/// The proposal lies in one of these layers.
struct InsideCondition {
    std::vector<LayerFilter> of;
    Extent extent = Extent::partly_is_borderline;
};

/// All that is given must hold.
struct When {
    std::vector<Use> uses;
    std::optional<Date> from, until;  ///< as-at date in [from, until)
    std::optional<InsideCondition> inside;
};

struct Unless {
    std::optional<InsideCondition> inside;
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
    Comparison breach;
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

/// `<= 400 m`, `> 5 %`, `judgement`. None when it is no comparison.
std::optional<Comparison> parse_comparison(std::string_view text);

/// Reads a policy. `known_layers`: the study's layer names; a rule that names a layer which is neither among them nor in the catalogue's
/// list is an error with the nearest word. Throws UsageError `file:line: rule ID: …`. All keys are checked.
Policy read_policy(const std::string& toml, const std::string& file_name, std::span<const std::string> known_layers);

}  // namespace geo
