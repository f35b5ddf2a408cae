// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/walking_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/street_lines.h"

namespace geo {

void StatedLengths::add(double stated, double drawn, Point at) {
    const double difference = std::abs(stated - drawn);
    ++compared;
    sum += difference;
    if (difference <= worst) return;
    worst = difference;
    place = at;
}

double length_of(const Shapes& shapes, std::size_t i) {
    double metres = 0;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::points) continue;
        const auto xs = shapes.xs(part), ys = shapes.ys(part);
        for (std::size_t v = 1; v < xs.size(); ++v) metres += std::hypot(xs[v] - xs[v - 1], ys[v] - ys[v - 1]);
    }
    return metres;
}

namespace {

using Cell = std::optional<std::size_t>;

constexpr double kLengthsDiffer = 2.0;  // m: OS Open Roads states whole metres
constexpr std::size_t kValuesNamed = 5;

/// Columns that tell a bridge or a tunnel from the ground.
constexpr std::array<const char*, 5> kLevelWords = {"layer", "level", "bridge", "tunnel", "structure"};

/// What a file says of a bridge: `yes`, `T`, `viaduct`.
bool is_stated(std::string_view cell) {
    const std::string value = folded(cell);
    return !value.empty() && value != "no" && value != "n" && value != "f" && value != "false" && value != "0";
}

bool has_line(const Shapes& shapes, std::size_t i) {
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part)
        if (shapes.kind(part) != PartKind::points) return true;
    return false;
}

/// Columns of every table, so that the one that the preset brings can be asked once the file is open.
std::vector<std::string> words_of(const LayerSpec& spec) {
    std::vector<std::string> words = {"id", "length", "area"};
    const auto add = [&words](const WalkableFilter& table) {
        words.insert(words.end(), table.columns().begin(), table.columns().end());
    };
    if (spec.streets.walkable) {
        add(*spec.streets.walkable);
    } else if (!spec.streets.walk_all) {
        for (const std::string& preset : WalkableFilter::carried_presets()) add(*WalkableFilter::for_preset(preset));
    }
    words.insert(words.end(), kLevelWords.begin(), kLevelWords.end());
    return words;
}

FileRequest request_for(const LoadContext& context, const LayerSpec& spec) {
    FileRequest request = request_of(context, spec, spec.files.front());
    request.attributes.clear();
    request.words = words_of(spec);
    return request;
}

class WalkedReader {
  public:
    WalkedReader(const LoadContext& context, const LayerSpec& spec, std::uint32_t number, WalkedLines& lines)
        : context_(context), spec_(spec), number_(number), lines_(lines), before_(accounted(*context.issues, spec)) {
        about_rows_ = before_ ? &unsaid_ : context.issues;
        file_ = open_layer_file(request_for(context, spec), *about_rows_);
        choose_table();
    }

    WalkedLayer read() {
        file_.stamps.watch(file_.source.shown, [this] { read_all(); });
        WalkedLayer layer;
        layer.spec = &spec_;
        layer.facts = facts_of(spec_, file_);
        layer.account = file_.account;
        layer.counted_before = before_;
        layer.table = table_;
        layer.topology = spec_.streets.topology ? spec_.streets.topology : preset_topology();
        layer.has_paths = has_paths();
        layer.file = file_record(file_, &spec_);
        layer.file.sha256 = hash_of_source(file_, &layer.file.bytes);
        layer.lengths = lengths_;
        say_what_was_left_out();
        say_lengths();
        say_squares();
        layer.rules = std::move(rules_);
        return layer;
    }

  private:
    void choose_table() {
        const StreetSpec& streets = spec_.streets;
        const WalkableFilter* of_preset = file_.preset ? WalkableFilter::for_preset(file_.preset->id) : nullptr;
        paths_of_preset_ = of_preset == nullptr || of_preset->has_paths();
        if (streets.walkable) {
            table_ = streets.walkable;
        } else if (!streets.walk_all && of_preset != nullptr) {
            table_ = std::make_shared<const WalkableFilter>(*of_preset);
        }
        for (const char* word : kLevelWords) levels_.push_back(file_.cell(word));
        if (!table_) {
            rules_.push_back({spec_.name, "", "", "", Walkable::yes, false, 0});
            return;
        }
        for (const std::string& column : table_->columns()) cells_.push_back(file_.cell(column));
        for (const WalkableFilter::Rule& rule : table_->rules())
            rules_.push_back({spec_.name, table_->id(), rule.id, rule.reason, rule.walkable, is_out(rule), 0});
        places_.resize(rules_.size());
        say_columns();
    }

    bool is_out(const WalkableFilter::Rule& rule) const {
        return rule.walkable == Walkable::no || (rule.walkable == Walkable::private_way && !spec_.streets.private_ways);
    }

    std::optional<StreetTopology> preset_topology() const {
        if (!file_.preset) return std::nullopt;
        for (const auto topology : {StreetTopology::endpoints, StreetTopology::shared_vertices, StreetTopology::planar})
            if (file_.preset->topology == word(topology)) return topology;
        return std::nullopt;
    }

    bool has_paths() const {
        if (spec_.streets.paths) return *spec_.streets.paths;
        return table_ ? table_->has_paths() : paths_of_preset_;
    }

    void read_all() {
        CoordinateSample sample;
        const bool hides = rows_may_hide(file_);
        read_rows(file_, [&](LocatedRows&& rows) {
            take_source_issues(file_, rows.batch, hides, *about_rows_);
            sample.merge(rows.sample);
            for (const RowTrouble& trouble : rows.troubles)
                about_rows_->add(issue_of(file_, rows, trouble, id_of(rows, trouble.row), true));
            for (std::uint32_t i = 0; i < rows.size(); ++i) take(rows, i);
        });
        if (file_.account.read == 0) note_empty(file_, *about_rows_);
        if (file_.located != LocatedBy::nothing)
            check_coordinates(file_, sample, *context_.study->crs, context_.area, *about_rows_);
    }

    std::string_view id_of(const LocatedRows& rows, std::size_t i) const {
        return trimmed(file_.text(rows.batch, file_.cell("id"), i));
    }

    void take(const LocatedRows& rows, std::uint32_t i) {
        if (!rows.passes[i]) {
            ++file_.account.ruled_out;
            return;
        }
        if (!rows.shapes.has_location(i)) {  // a trouble says why
            ++file_.account.not_used;
            return;
        }
        const double metres = length_of(rows.shapes, i);
        if (metres <= 0.0) {
            no_length(rows, i);
            return;
        }
        const std::size_t rule = rule_of(rows, i);
        WalkedBy& by = rules_[rule];
        if (by.lines++ == 0 && table_) places_[rule] = rows.shapes.first_point(i);
        if (by.left_out) {
            ++file_.account.ruled_out;
            return;
        }
        add(rows, i, by.walkable == Walkable::yes, metres);
    }

    void no_length(const LocatedRows& rows, std::uint32_t i) {
        ++file_.account.not_used;
        Issue issue = file_.issue(
            "no-length", has_line(rows.shapes, i) ? "the line has no length" : "the row is a point, and no line",
            "left out", rows.batch.row[i]);
        issue.id = id_of(rows, i);
        issue.kept = Kept::not_used;
        const Point at = rows.shapes.first_point(i);
        issue.x = at.x, issue.y = at.y, issue.has_place = true;
        about_rows_->add(std::move(issue));
    }

    /// Most lines have the tags of another one: each combination is decided on once.
    std::size_t rule_of(const LocatedRows& rows, std::uint32_t i) {
        if (!table_) return 0;
        key_.clear();
        values_.clear();
        for (const Cell& cell : cells_) {
            values_.push_back(trimmed(file_.text(rows.batch, cell, i)));
            key_.append(values_.back());
            key_ += '\0';
        }
        const auto [found, fresh] = decided_.try_emplace(key_, 0);
        if (!fresh) return found->second;
        found->second = table_->decide(values_);
        if (found->second + 1 == rules_.size() && unknown_.size() <= kValuesNamed) {
            const std::string value(values_.front());
            if (std::find(unknown_.begin(), unknown_.end(), value) == unknown_.end()) unknown_.push_back(value);
        }
        return found->second;
    }

    void add(const LocatedRows& rows, std::uint32_t i, bool usable, double metres) {
        ++file_.account.used;
        lines_.shapes.add_copy(rows.shapes, i);
        lines_.usable.push_back(usable ? 1 : 0);
        lines_.levels.push_back(level_of(rows, i));
        lines_.layer.push_back(number_);
        if (folded(file_.text(rows.batch, file_.cell("area"), i)) == "yes" && squares_++ == 0)
            square_ = rows.shapes.first_point(i);
        if (!file_.preset || file_.preset->id != "os-open-roads") return;  // of others nobody knows the unit
        if (const auto stated = parse_number(file_.text(rows.batch, file_.cell("length"), i)))
            lengths_.add(*stated, metres, rows.shapes.first_point(i));
    }

    /// A number where the file states one, else a bridge is above and a tunnel below.
    std::int32_t level_of(const LocatedRows& rows, std::uint32_t i) const {
        const auto text = [&](std::size_t k) { return trimmed(file_.text(rows.batch, levels_[k], i)); };
        for (const std::size_t k : {0U, 1U}) {
            const auto number = parse_number(text(k));
            if (number && std::abs(*number) < 100.0) return static_cast<std::int32_t>(std::lround(*number));
        }
        const std::string structure = folded(text(4));
        if (is_stated(text(2)) || structure.find("bridge") != std::string::npos) return 1;
        if (is_stated(text(3)) || structure.find("tunnel") != std::string::npos) return -1;
        return 0;
    }

    void note(const std::string& code, const std::string& message, const std::string& action,
              std::optional<Point> at = std::nullopt) {
        Issue issue = file_.issue(code, message, action);
        if (at) issue.x = at->x, issue.y = at->y, issue.has_place = true;
        context_.issues->add(std::move(issue));
    }

    void say_columns() {
        std::vector<std::string> missing;
        for (std::size_t k = 0; k < cells_.size(); ++k)
            if (!cells_[k]) missing.push_back(table_->columns()[k]);
        if (missing.size() == cells_.size() && !missing.empty())
            throw UsageError(fmt::format(
                "{}:{}: walkable: the table {} looks at {}, and {} has none of these columns; name them with columns = "
                "{{ {} = … }}, or say walkable = \"all\" to walk every line",
                context_.study->file, spec_.line, printable(table_->id()), printable(join_words(missing), 300),
                file_.shown(), printable(missing.front())));
        if (missing.empty()) return;
        note("walkable-columns",
             fmt::format("the file has no {} {}, which the table {} looks at",
                         missing.size() == 1 ? "column" : "columns", printable(join_words(missing), 200),
                         printable(table_->id())),
             "what these would rule out, private ways for instance, cannot be told and is walked");
    }

    /// `12 lines are left out: a motorway: closed to people on foot by law`.
    void say_what_was_left_out() {
        if (!table_) {
            say_all();
            return;
        }
        for (std::size_t k = 0; k < rules_.size(); ++k) {
            const WalkedBy& by = rules_[k];
            if (by.lines == 0 || by.walkable == Walkable::yes) continue;
            std::string message = fmt::format("{}: {}", counted(by.lines, "line"), printable(by.reason, 160));
            if (k + 1 == rules_.size()) message += unknown_words();
            const std::string rule = fmt::format("(rule {} of {})", printable(by.rule), printable(by.table));
            const bool is_private = by.walkable == Walkable::private_way;
            note("walk-" + by.rule, message,
                 by.left_out
                     ? fmt::format("not walked {}{}", rule, is_private ? "; say private = true to walk them" : "")
                     : fmt::format("walked, but nothing begins or ends there {}", rule),
                 places_[k]);
        }
        std::erase_if(rules_, [](const WalkedBy& by) { return by.lines == 0; });
    }

    std::string unknown_words() const {
        if (unknown_.empty() || cells_.empty() || !cells_.front()) return {};
        std::vector<std::string> shown;
        for (const std::string& value : unknown_) shown.push_back(value.empty() ? "blank" : printable(value, 30));
        if (shown.size() > kValuesNamed) shown.back() = "…";
        return fmt::format(" ({}: {})", printable(file_.column_of(table_->columns().front()), 40),
                           fmt::join(shown, ", "));
    }

    void say_all() {
        const StreetSpec& streets = spec_.streets;
        if (!streets.walk_all)
            note("walkable-all", "neither the study nor a preset says which of the lines can be walked",
                 "every line is taken as one that can; say walkable = \"all\", or name a table");
        if (!streets.paths && paths_of_preset_)
            note("paths-not-stated", "neither the study nor a preset says whether footpaths are among the lines",
                 "taken as if they were; say paths = false where they are missing, and walks may be shorter");
    }

    void say_lengths() {
        if (lengths_.worst <= kLengthsDiffer) return;
        note("stated-lengths",
             fmt::format("the lengths that the file states are not those of its lines: {} m off on average, {} m at "
                         "({}, {})",
                         format_fixed(lengths_.sum / static_cast<double>(lengths_.compared), 2),
                         format_fixed(lengths_.worst, 1), format_fixed(lengths_.place.x, 0),
                         format_fixed(lengths_.place.y, 0)),
             "walks are measured along the lines", lengths_.place);
    }

    /// `area = yes` of OpenStreetMap: a pedestrian square, drawn as its outline.
    void say_squares() {
        if (squares_ == 0) return;
        note("squares", fmt::format("{} drawn as an outline (area)", counted(squares_, "square is", "squares are")),
             "walked round, along the outline; a walk across may be shorter", square_);
    }

    const LoadContext& context_;
    const LayerSpec& spec_;
    std::uint32_t number_;
    WalkedLines& lines_;
    bool before_;
    Issues unsaid_;
    Issues* about_rows_ = nullptr;
    LayerFile file_;
    std::shared_ptr<const WalkableFilter> table_;
    bool paths_of_preset_ = true;
    std::vector<Cell> cells_, levels_;  // by column of the table; by kLevelWords
    std::vector<WalkedBy> rules_;
    std::vector<Point> places_;  // the first line of each rule
    std::vector<std::string> unknown_;
    std::unordered_map<std::string, std::size_t> decided_;
    std::vector<std::string_view> values_;
    std::string key_;
    StatedLengths lengths_;
    std::uint64_t squares_ = 0;
    Point square_;  // the first
};

}  // namespace

WalkedLayer read_walked(const LoadContext& context, const LayerSpec& spec, std::uint32_t number, WalkedLines& lines) {
    return WalkedReader(context, spec, number, lines).read();
}

}  // namespace geo
