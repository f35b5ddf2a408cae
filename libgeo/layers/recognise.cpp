// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/recognise.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "libgeo/base/dates.h"
#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/recognise_table.h"
#include "libgeo/sources/output.h"
#include "libgeo/sources/table.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostLines = 15;
constexpr std::size_t kMostFiles = 500;
constexpr std::size_t kMostLayersOfAFile = 20;

/// Layers in the order in which they matter to a check; what does not fit is left out.
constexpr std::array kOrder = {
    "applications", "schools",          "parks",           "town-centres",      "wards",    "borough", "takeaways",
    "streets",      "youth-facilities", "leisure-centres", "community-centres", "colleges", "parades", "lsoas",
    "msoas",        "betting-shops"};

std::string toml_text(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

bool writable_in_toml(const std::string& name) {
    return is_utf8(name) && std::none_of(name.begin(), name.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// `fhrs_2021-08-20.csv` → 2021-08-20.
std::optional<Date> date_in(const std::string& name) {
    for (std::size_t i = 0; i + 10 <= name.size(); ++i) {
        const std::string_view part = std::string_view(name).substr(i, 10);
        if (part[4] != '-' || part[7] != '-') continue;
        if (const auto date = parse_date(part, DateFormat::iso)) return date;
    }
    return std::nullopt;
}

/// What of a study the files of a folder give.
class Composer {
  public:
    Composer(fs::path folder, std::string policy) : folder_(std::move(folder)), policy_(std::move(policy)) {}

    ComposedStudy compose() {
        for (const std::string& name : data_files()) look_at(name);
        if (layers_.empty())
            throw UsageError(
                printable(folder_.string()) +
                ": no data file is recognised; expected files such as schools, parks, wards, applications");
        return {text(), std::move(remarks_)};
    }

  private:
    std::vector<std::string> data_files() {
        std::vector<std::string> names;
        std::error_code error;
        for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
            const std::string name = it->path().filename().string();
            if (!looks_like_data(name)) continue;
            if (!writable_in_toml(name)) {
                remarks_.push_back(printable(name) + ": left out, its name cannot be written into a study");
            } else if (names.size() < kMostFiles) {
                names.push_back(name);
            }
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    void look_at(const std::string& name) {
        try {
            const auto inside = layer_names({folder_ / name, name, "", ""});
            const bool several = inside.size() > 1;
            for (std::size_t i = 0; i < inside.size() && i < kMostLayersOfAFile; ++i)
                look_at_layer(name, several ? inside[i] : "");
        } catch (const Error& error) {
            remarks_.push_back(std::string("left out: ") + error.what());
        }
    }

    void look_at_layer(const std::string& name, const std::string& layer) {
        const auto table = open_table({folder_ / name, name, layer, ""});
        auto found = recognise_table(*table, layer.empty() ? name : layer);
        const std::string shown = name + (layer.empty() ? "" : " (" + layer + ")");
        if (!found.layer.empty() && !writable_in_toml(layer)) found.layer.clear();
        if (found.layer.empty()) {
            remarks_.push_back(shown + ": left out, " + found.why);
            return;
        }
        found.file = name;
        found.container_layer = layer;
        remarks_.push_back(shown + ": " + found.layer + (found.why.empty() ? "" : ", " + found.why));
        layers_[found.layer].push_back(std::move(found));
    }

    /// The best of several files for a layer: the national register, then a preset, then a name; the larger file of equals.
    const Recognised& best(const std::vector<Recognised>& all) const {
        const auto rank = [this](const Recognised& r) {
            std::error_code error;
            const auto size = fs::file_size(folder_ / r.file, error);
            return std::pair(r.first_choice ? 2 : r.by_preset ? 1 : 0, error ? 0 : size);
        };
        return *std::max_element(all.begin(), all.end(),
                                 [&](const Recognised& a, const Recognised& b) { return rank(a) < rank(b); });
    }

    std::string line_of(const std::string& layer, const std::vector<Recognised>& all) {
        const Recognised& one = best(all);
        std::string line = layer + " = { kind = " + toml_text(one.kind);
        if (!one.use.empty()) line += ", use = " + toml_text(one.use);
        const std::string snapshots = one.kind == "outlets" ? snapshots_of(all) : "";
        if (!snapshots.empty()) {
            line += snapshots;
        } else {
            line += ", file = " + toml_text(one.file);
            if (!one.container_layer.empty()) line += ", layer = " + toml_text(one.container_layer);
            for (const Recognised& other : all) {
                if (&other != &one)
                    remarks_.push_back(other.file + ": left out, " + layer + " is taken from " + one.file);
            }
        }
        if (!one.crs.empty()) line += ", crs = " + toml_text(one.crs);
        if (!one.columns.empty()) line += ", columns = { " + one.columns + " }";
        if (!one.where.empty()) line += ", where = { " + one.where + " }";
        line += joins_of(layer) + " }";
        return one.by_preset ? line + "  # " + one.why : line;
    }

    /// Files of the same register with a date in each name are its snapshots.
    static std::string snapshots_of(const std::vector<Recognised>& all) {
        if (all.size() < 2 ||
            !std::all_of(all.begin(), all.end(), [](const Recognised& r) { return date_in(r.file).has_value(); }))
            return {};
        std::string out = ", snapshots = [";
        for (const Recognised& one : all) {
            out += (&one == &all.front() ? "" : ", ") + std::string("{ file = ") + toml_text(one.file) +
                   ", date = " + format_date(*date_in(one.file)) + " }";
        }
        return out + "]";
    }

    std::string joins_of(const std::string& layer) {
        const auto deprivation = layers_.find("deprivation");
        if (layer != "lsoas" || deprivation == layers_.end()) return {};
        const Recognised& one = deprivation->second.back();  // the latest by name
        return ", deprivation = { file = " + toml_text(one.file) + ", " + one.columns + " }";
    }

    std::string lookups() const {
        std::vector<std::string> found;
        for (const char* word : {"postcodes", "uprns"}) {
            const auto lookup = layers_.find(word);
            if (lookup != layers_.end())
                found.push_back(std::string(word) + " = " + toml_text(lookup->second.front().file));
        }
        return found.empty() ? "" : "lookup = { " + join_words(found, ", ") + " }";
    }

    std::string text() {
        std::vector<std::string> lines = {"[study]", "title = " + toml_text(title()), "crs = \"EPSG:27700\""};
        for (const char* area : {"borough", "wards"}) {
            if (layers_.contains(area)) {
                lines.push_back("area = { layer = " + toml_text(area) + " }");
                break;
            }
        }
        lines.push_back(policy_.empty() ? "# policies = [\"my-policy.toml\"]   # files, or ids of `cordon policies`"
                                        : "policies = [" + toml_text(policy_) + "]");
        if (const std::string found = lookups(); !found.empty()) lines.push_back(found);
        lines.emplace_back("");
        lines.emplace_back("[layers]");
        for (const char* layer : kOrder) {
            const auto found = layers_.find(layer);
            if (found == layers_.end()) continue;
            if (lines.size() < kMostLines) {
                lines.push_back(line_of(layer, found->second));
            } else {
                remarks_.push_back(std::string(layer) +
                                   ": left out, a first study holds no more; add it below [layers]");
            }
        }
        std::string out;
        for (const std::string& line : lines) out += line + "\n";
        return out;
    }

    std::string title() const {
        std::error_code error;
        std::string name = fs::weakly_canonical(folder_, error).filename().string();
        return writable_in_toml(name) && !name.empty() ? name : "My study";
    }

    fs::path folder_;
    std::string policy_;
    std::map<std::string, std::vector<Recognised>> layers_;  // by layer name; also postcodes, uprns, deprivation
    std::vector<std::string> remarks_;
};

bool has_data(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (looks_like_data(it->path().filename().string())) return true;
    }
    return false;
}

std::string empty_study(const std::string& policy) {
    return "# Put your files beside this one, name them below, then: cordon inspect study.toml\n"
           "[study]\n"
           "title = \"My study\"\n"
           "crs = \"EPSG:27700\"                     # projected, in metres\n" +
           (policy.empty()
                ? std::string("# policies = [\"my-policy.toml\"]        # files, or ids of `cordon policies`\n")
                : "policies = [" + toml_text(policy) + "]\n") +
           "\n"
           "[layers]\n"
           "# applications = { kind = \"proposals\", file = \"applications.csv\", crs = \"EPSG:27700\" }\n"
           "# schools = { kind = \"places\", file = \"schools.shp\" }\n"
           "# parks = { kind = \"places\", file = \"parks.gpkg\" }\n"
           "# town-centres = { kind = \"areas\", file = \"town_centres.geojson\" }\n";
}

}  // namespace

ComposedStudy compose_study(const fs::path& folder, const std::string& policy) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw UsageError(printable(folder.string()) + ": is no folder; a folder with data files is expected");
    return Composer(folder, policy).compose();
}

fs::path write_study(const fs::path& folder, const std::string& policy, std::vector<std::string>& remarks) {
    std::error_code error;
    fs::path path = folder / "study.toml";
    if (fs::exists(fs::symlink_status(path, error)))
        throw UsageError(printable(path.string()) +
                         ": exists already and is not overwritten; remove it, or name another folder");
    if (!fs::exists(folder, error)) fs::create_directories(folder, error);
    if (!fs::is_directory(folder, error))
        throw EnvironmentError(printable(folder.string()) + ": the folder cannot be made");
    ComposedStudy study;
    if (has_data(folder)) {
        study = compose_study(folder, policy);
    } else {
        study.toml = empty_study(policy);
        study.remarks = {"the folder holds no data yet: the study is a form to fill in"};
    }
    OutputFile out(path, false);
    out.write(study.toml);
    out.commit();
    remarks = std::move(study.remarks);
    return path;
}

}  // namespace geo
