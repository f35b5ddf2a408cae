// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/column_binding.h"

#include <algorithm>
#include <array>

#include "libgeo/base/text.h"

namespace geo {
namespace {

using Found = std::optional<std::size_t>;
using Pair = std::pair<const char*, const char*>;

constexpr std::array<Pair, 4> kGridPairs = {
    {{"x", "y"}, {"easting", "northing"}, {"eastings", "northings"}, {"x coordinate", "y coordinate"}}};
constexpr std::array<Pair, 4> kDegreePairs = {
    {{"longitude", "latitude"}, {"lon", "lat"}, {"lng", "lat"}, {"long", "lat"}}};

/// Presets serve several kinds of layer: an id is a proposal's reference and an area's code.
std::vector<std::string> also_called(const std::string& word) {
    if (word == "reference" || word == "code") return {word, "id"};
    if (word == "id") return {word, "reference", "code"};
    return {word};
}

class Binder {
  public:
    Binder(LayerFile& file, const FileRequest& request)
        : file_(file), request_(request), columns_(file.table->columns()) {}

    std::string found_list() const {
        std::vector<std::string> shown;
        for (const std::string& name : columns_) shown.push_back(printable(name, 60));
        if (shown.size() > 40) shown.resize(40), shown.emplace_back("…");
        return columns_.empty() ? "no columns" : "columns found: " + join_words(shown, ", ");
    }

    /// A column that the study names: must be there.
    std::size_t must(const std::string& name, const std::string& what) const {
        if (const Found found = find_column(columns_, name)) return *found;
        const auto near = nearest_word(name, columns_);
        file_.fail("there is no column \"" + printable(name) + "\" (" + what + " at " + request_.study->file + ":" +
                   std::to_string(request_.spec->line) + ")" +
                   (near ? "; did you mean \"" + printable(*near) + "\"?" : ";") + " " + found_list());
    }

    Found by_study(const std::string& word) const {
        const auto found = request_.spec->columns.find(word);
        if (found == request_.spec->columns.end()) return std::nullopt;
        return must(found->second, "columns." + word);
    }

    Found by_preset(const std::string& word) const {
        if (!file_.preset) return std::nullopt;
        for (const std::string& called : also_called(word)) {
            const auto names = file_.preset->columns.find(called);
            if (names == file_.preset->columns.end()) continue;
            for (const std::string& name : names->second) {
                if (const Found found = find_column(columns_, name)) return found;
            }
        }
        return std::nullopt;
    }

    Found look(const std::string& word) const {
        if (const Found found = by_study(word)) return found;
        if (const Found found = by_preset(word)) return found;
        return find_column(columns_, word);
    }

    std::size_t select(std::size_t column) {
        const auto found = std::find(file_.selected.begin(), file_.selected.end(), column);
        if (found != file_.selected.end()) return static_cast<std::size_t>(found - file_.selected.begin());
        file_.selected.push_back(column);
        return file_.selected.size() - 1;
    }

    void bind(const std::string& word, std::size_t column) {
        file_.cells[word] = select(column);
        const Found preset = by_preset(word);
        file_.by_preset[word] = preset && *preset == column;
    }

    bool bind_pair(const Pair& pair) {
        const Found x = find_column(columns_, pair.first), y = find_column(columns_, pair.second);
        if (x && y) bind("x", *x), bind("y", *y);
        return x && y;
    }

    /// x and y by name, eastings first unless the study says that the coordinates are degrees.
    bool bind_pairs_by_name() {
        bool degrees = false;
        try {
            degrees = !request_.spec->crs.empty() && Crs::from_text(request_.spec->crs).is_geographic();
        } catch (const std::exception&) {
        }  // said where the CRS is chosen
        const auto any = [this](const auto& pairs) {
            return std::any_of(pairs.begin(), pairs.end(), [this](const Pair& p) { return bind_pair(p); });
        };
        if (degrees) return any(kDegreePairs) || any(kGridPairs);
        return any(kGridPairs) || any(kDegreePairs);
    }

    bool bind_x_y() {
        Found x = by_study("x"), y = by_study("y");
        if (!x && !y) {
            x = by_preset("x"), y = by_preset("y");
            if (!(x && y)) return bind_pairs_by_name();
        }
        if (!x || !y) {
            const std::string missing = x ? "y" : "x";
            file_.fail("the study names a column for " + std::string(x ? "x" : "y") + " and none for " + missing +
                       "; both are needed; " + found_list());
        }
        if (*x == *y) {
            file_.fail("x and y are both the column \"" + printable(columns_[*x]) +
                       "\"; every row would lie on one line; " + found_list());
        }
        bind("x", *x);
        bind("y", *y);
        return true;
    }

    bool study_says(const std::string& word) const { return request_.spec->columns.contains(word); }

    /// A field that policies ask for: they write it folded.
    Found look_folded(const std::string& field) const {
        const auto called = [&field](const auto& entry) { return folded(entry.first) == field; };
        const auto& by_study = request_.spec->columns;
        const auto said = std::find_if(by_study.begin(), by_study.end(), called);
        if (said != by_study.end()) return must(said->second, "columns." + said->first);
        if (file_.preset) {
            const auto& by_preset = file_.preset->columns;
            const auto known = std::find_if(by_preset.begin(), by_preset.end(), called);
            if (known != by_preset.end()) {
                for (const std::string& name : known->second) {
                    if (const Found found = find_column(columns_, name)) return found;
                }
            }
        }
        return find_column(columns_, field);
    }

    void locate() {
        if (request_.location == Location::none) return;
        if (study_says("x") || study_says("y")) {
            bind_x_y();
            file_.located = LocatedBy::x_y;
        }
        if (study_says("wkt")) {
            bind("wkt", *by_study("wkt"));
            file_.located = LocatedBy::wkt;
        }
        if (file_.located != LocatedBy::nothing) return;
        if (file_.table->has_geometry()) {
            file_.located = LocatedBy::geometry;
            return;
        }
        if (const Found wkt = look("wkt")) {
            bind("wkt", *wkt);
            if (const Found point = by_preset("point")) bind("point", *point);
            if (!by_preset("wkt")) bind_x_y();  // for rows whose geometry is blank; a preset's is in a CRS of its own
            file_.located = LocatedBy::wkt;
            return;
        }
        if (bind_x_y()) {
            file_.located = LocatedBy::x_y;
        } else if (request_.location == Location::needed) {
            file_.fail(
                "no columns for the coordinates: looked for x and y, easting and northing, longitude and latitude, "
                "wkt; name them with columns = { x = …, y = … } at " +
                request_.study->file + ":" + std::to_string(request_.spec->line) + "; " + found_list());
        }
    }

    void filter() {
        for (const auto& [name, values] : request_.spec->where) add_filter(select(must(name, "where")), name, values);
        if (!request_.spec->where.empty() || !file_.preset || !request_.preset_where) return;
        for (const auto& [name, values] : file_.preset->where) {
            Found column = find_column(columns_, name);
            if (!column) column = by_preset(name);
            if (column) add_filter(select(*column), columns_[*column], values);
        }
    }

    void add_filter(std::size_t cell, const std::string& name, const std::vector<std::string>& values) {
        RowFilter filter{cell, name, {}};
        for (const std::string& value : values) filter.accepted.push_back(folded(trimmed(value)));
        file_.filters.push_back(std::move(filter));
    }

    void words() {
        for (const std::string& word : request_.words) {
            if (const Found found = look(word)) bind(word, *found);
        }
        for (const std::string& word : request_.needed) {
            if (!file_.cells.contains(word)) {
                file_.fail("no column for " + word + "; name it with columns = { " + word + " = … } at " +
                           request_.study->file + ":" + std::to_string(request_.spec->line) + "; " + found_list());
            }
        }
        for (const std::string& field : request_.fields) {
            const Found found = look_folded(field);
            file_.fields.push_back(found ? Found(select(*found)) : std::nullopt);
        }
        for (const auto& [word, name] : request_.named) bind(word, must(name, word));
        for (const std::string& name : request_.keep) file_.kept.push_back(select(must(name, "keep")));
        for (const std::string& name : request_.attributes) {
            if (const Found found = find_column(columns_, name)) file_.attributes[folded(name)] = select(*found);
        }
    }

  private:
    LayerFile& file_;
    const FileRequest& request_;
    const std::vector<std::string>& columns_;
};

}  // namespace

void bind_columns(LayerFile& file, const FileRequest& request, Issues& issues) {
    Binder binder(file, request);
    binder.words();
    binder.locate();
    binder.filter();
    if (request.spec->where.empty() && !file.filters.empty()) {
        std::vector<std::string> said;
        for (const RowFilter& filter : file.filters) {
            const auto& values = file.preset->where.find(filter.column);
            said.push_back(filter.column +
                           (values == file.preset->where.end() ? "" : " is " + join_words(values->second, " or ")));
        }
        issues.add(file.issue("preset-rows", "only rows where " + join_words(said) + " are taken",
                              "as the preset `" + file.preset->id + "` has it; say `where` to take others"));
    }
}

}  // namespace geo
