// SPDX-License-Identifier: Apache-2.0
// The one source that meets PROJ.
#include "libgeo/geometry/crs.h"

#include <fmt/core.h>
#include <proj.h>
#include <proj_experimental.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <mutex>
#include <string_view>
#include <utility>

#include "libgeo/base/errors.h"
#include "libgeo/base/machine.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

struct Free {
    void operator()(PJ_CONTEXT* p) const { proj_context_destroy(p); }
    void operator()(PJ* p) const { proj_destroy(p); }
    void operator()(PJ_OBJ_LIST* p) const { proj_list_destroy(p); }
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* p) const { proj_operation_factory_context_destroy(p); }
    void operator()(PJ_AREA* p) const { proj_area_destroy(p); }
};
using Context = std::unique_ptr<PJ_CONTEXT, Free>;
using Pj = std::unique_ptr<PJ, Free>;
using PjList = std::unique_ptr<PJ_OBJ_LIST, Free>;
using FactoryContext = std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, Free>;

constexpr double kOstn15Loss = 5.0;       // metres; 4.94 was seen, PROJ claims 2
constexpr std::size_t kMaxText = 65'536;  // no CRS needs more; PROJ parses recursively
constexpr const char* kBritishGrid = "EPSG:27700";

/// PROJ_DATA and the like would change answers; where the grids are is said with an option.
void ignore_environment() {
    std::vector<std::string> names;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        if (text.starts_with("PROJ_")) names.emplace_back(text.substr(0, text.find('=')));
    }
    for (const std::string& name : names) unsetenv(name.c_str());
}

/// A context that never talks to the network or the terminal and finds grids in `folders` first.
Context new_context(const GridFolders& grids) {
    static std::once_flag once;
    std::call_once(once, ignore_environment);
    Context ctx(proj_context_create());
    if (!ctx) throw EnvironmentError("PROJ: out of memory");
    proj_log_level(ctx.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(ctx.get(), 0);
    const char* database = proj_context_get_database_path(ctx.get());
    if (database == nullptr) {
        blame_machine_first();
        throw EnvironmentError(
            "PROJ's database proj.db is missing; expected it in PROJ's data folder; install proj-data");
    }
    if (grids.folders.empty()) return ctx;
    std::vector<std::string> folders;
    for (const std::string& folder : grids.folders) folders.push_back(std::filesystem::absolute(folder).string());
    folders.push_back(std::filesystem::path(database).parent_path().string());
    folders.emplace_back(proj_context_get_user_writable_directory(ctx.get(), 0));
    std::vector<const char*> paths;
    paths.reserve(folders.size());
    for (const std::string& folder : folders) paths.push_back(folder.c_str());
    proj_context_set_search_paths(ctx.get(), static_cast<int>(paths.size()), paths.data());
    return ctx;
}

/// For reading definitions; no grid is needed for that.
PJ_CONTEXT* reading_context() {
    thread_local const Context ctx = new_context({});
    return ctx.get();
}

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
    throw UsageError(
        fmt::format("`{}` {}; expected a coordinate reference system like `EPSG:27700`", printable(text, 60), why));
}

/// Definitions may name files that PROJ would open. `@null` (no grid at all) stands in every WKT of web Mercator.
void refuse_files(const std::string& text) {
    const std::string low = lower(text);
    constexpr std::array words = {"nadgrids",       "geoidgrids",      "proj4_grids", "parameterfile",
                                  "parameter_file", "difference file", "gridshift",   "+grids",
                                  "+init",          "xyzgrids",        "+file"};
    for (const std::string_view word : words) {
        for (std::size_t at = low.find(word); at != std::string::npos; at = low.find(word, at + word.size())) {
            const std::size_t end = at + word.size() + 6;
            const bool null = word == "nadgrids" && low.compare(at + word.size(), 6, "=@null") == 0;
            if (null && (end == low.size() || low[end] == ' ' || low[end] == '"')) continue;
            refuse(text, fmt::format("names a file (`{}`), which is not read", word));
        }
    }
}

/// `EPSG:27700` → {`EPSG`, `27700`}; empty for anything else.
std::pair<std::string, std::string> authority_code(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size() || text.size() > 40) return {};
    const auto plain = [](char c) { return is_letter_or_digit(c) || c == '_'; };
    if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), plain)) return {};
    if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(), plain)) return {};
    std::string authority = text.substr(0, colon);
    for (char& c : authority) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return {authority, text.substr(colon + 1)};
}

/// Only forms that cannot make PROJ open a file: a code, an OGC URN, WKT, PROJJSON, a PROJ string.
Pj parsed(PJ_CONTEXT* ctx, const std::string& text) {
    if (text.empty() || text.size() > kMaxText || text.find('\0') != std::string::npos || !is_utf8(text)) {
        refuse(text, "is no coordinate reference system");
    }
    if (const auto [authority, code] = authority_code(text); !code.empty()) {
        return Pj(proj_create_from_database(ctx, authority.c_str(), code.c_str(), PJ_CATEGORY_CRS, 0, nullptr));
    }
    const std::string low = lower(text.substr(0, 20));
    const bool urn = low.starts_with("urn:ogc:def:crs:");
    const bool json = text.front() == '{';
    const bool proj_string = low.starts_with("+proj=");
    const bool wkt = !urn && text.find('[') != std::string::npos &&
                     std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find('[')),
                                 [](char c) { return is_letter_or_digit(c) || c == '_' || c == ' '; });
    if (!urn && !json && !proj_string && !wkt) refuse(text, "is no coordinate reference system");
    refuse_files(text);
    if (wkt) return Pj(proj_create_from_wkt(ctx, text.c_str(), nullptr, nullptr, nullptr));
    return Pj(proj_create(ctx, proj_string ? (text + " +type=crs").c_str() : text.c_str()));
}

/// The horizontal, two-dimensional part.
Pj horizontal(PJ_CONTEXT* ctx, Pj crs) {
    if (crs && proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS) crs.reset(proj_crs_get_sub_crs(ctx, crs.get(), 0));
    if (crs && proj_get_type(crs.get()) != PJ_TYPE_BOUND_CRS) {
        if (PJ* flat = proj_crs_demote_to_2D(ctx, nullptr, crs.get())) crs.reset(flat);
    }
    return crs;
}

bool equivalent(PJ_CONTEXT* ctx, const PJ* a, const PJ* b) {
    return proj_is_equivalent_to_with_ctx(ctx, a, b, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

std::string own_code(const PJ* crs) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    return authority != nullptr && code != nullptr ? fmt::format("{}:{}", authority, code) : std::string();
}

Pj from_code(PJ_CONTEXT* ctx, const std::string& text) {
    const auto [authority, code] = authority_code(text);
    return Pj(code.empty()
                  ? nullptr
                  : proj_create_from_database(ctx, authority.c_str(), code.c_str(), PJ_CATEGORY_CRS, 0, nullptr));
}

/// `crs` has the projection and the ellipsoid of the British National Grid. Nothing else has, so that it is the British National Grid
/// whatever the file calls its datum (`D_OSGB_1936`, `unknown`, `unnamed`).
bool is_british_grid(PJ_CONTEXT* ctx, const PJ* crs) {
    if (proj_get_type(crs) != PJ_TYPE_PROJECTED_CRS) return false;
    const Pj grid = from_code(ctx, kBritishGrid);
    if (!grid) return false;
    const Pj ours(proj_crs_get_coordoperation(ctx, crs));
    const Pj theirs(proj_crs_get_coordoperation(ctx, grid.get()));
    if (!ours || !theirs || proj_is_equivalent_to_with_ctx(ctx, ours.get(), theirs.get(), PJ_COMP_EQUIVALENT) == 0)
        return false;
    const Pj ellipsoid(proj_get_ellipsoid(ctx, crs));
    double major = 0.0, minor = 0.0, inverse_flattening = 0.0;
    if (!ellipsoid ||
        proj_ellipsoid_get_parameters(ctx, ellipsoid.get(), &major, &minor, nullptr, &inverse_flattening) == 0)
        return false;
    return std::abs(major - 6377563.396) < 0.01 && std::abs(inverse_flattening - 299.3249646) < 1e-5;
}

/// The code that `crs` certainly has; empty when there is none. A code that the definition itself states is believed only when the
/// database means the same by it.
std::string certain_code(PJ_CONTEXT* ctx, const PJ* crs) {
    if (std::string code = own_code(crs); !code.empty()) {
        const Pj known = from_code(ctx, code);
        if (known && equivalent(ctx, crs, known.get())) return code;
    }
    if (is_british_grid(ctx, crs)) return kBritishGrid;
    int* confidence = nullptr;
    const PjList found(proj_identify(ctx, crs, "EPSG", nullptr, &confidence));
    std::string code;
    if (found && proj_list_get_count(found.get()) > 0 && confidence[0] >= 70) {
        const Pj first(proj_list_get(ctx, found.get(), 0));
        if (first && equivalent(ctx, crs, first.get())) code = own_code(first.get());
    }
    proj_int_list_destroy(confidence);
    return code;
}

/// The CRS that `text` names, as PROJ's own entry where it has one; `code` is then filled.
Pj resolved(PJ_CONTEXT* ctx, const std::string& text, std::string* code) {
    Pj crs = horizontal(ctx, parsed(ctx, text));
    if (!crs) refuse(text, fmt::format("names no coordinate reference system that {} knows", proj_version()));
    // A file's TOWGS84 is a rough shift: the CRS it is bound to, where it has a code, has better ones.
    const bool bound = proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS;
    const Pj base(bound ? proj_get_source_crs(ctx, crs.get()) : nullptr);
    *code = certain_code(ctx, bound ? base.get() : crs.get());
    if (!code->empty()) crs = horizontal(ctx, from_code(ctx, *code));
    return crs;
}

std::string datum_name(PJ_CONTEXT* ctx, const PJ* crs) {
    const Pj geodetic(proj_crs_get_geodetic_crs(ctx, crs));
    const Pj datum(geodetic ? proj_crs_get_datum_forced(ctx, geodetic.get()) : nullptr);
    return datum ? proj_get_name(datum.get()) : "";
}

bool is_geographic_type(PJ_TYPE type) { return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS; }

bool has_metres(PJ_CONTEXT* ctx, const PJ* crs) {
    const Pj system(proj_crs_get_coordinate_system(ctx, crs));
    if (!system) return false;
    for (int axis = 0; axis < proj_cs_get_axis_count(ctx, system.get()); ++axis) {
        double factor = 0.0;
        proj_cs_get_axis_info(ctx, system.get(), axis, nullptr, nullptr, nullptr, &factor, nullptr, nullptr, nullptr);
        if (factor != 1.0) return false;
    }
    return true;
}

Box grown(Box box, double share) {
    const double dx = (box.max_x - box.min_x) * share, dy = (box.max_y - box.min_y) * share;
    return {box.min_x - dx, box.min_y - dy, box.max_x + dx, box.max_y + dy};
}

/// From longitude and latitude on its own datum into the projected `crs`; null where it has no such conversion.
Pj from_own_degrees(PJ_CONTEXT* ctx, const PJ* crs) {
    const Pj conversion(proj_crs_get_coordoperation(ctx, crs));
    const Pj geodetic(proj_crs_get_geodetic_crs(ctx, crs));
    const Pj raw(geodetic ? proj_create_crs_to_crs_from_pj(ctx, geodetic.get(), crs, nullptr, nullptr) : nullptr);
    return Pj(conversion && raw ? proj_normalize_for_visualization(ctx, raw.get()) : nullptr);
}

/// `box` in degrees, brought into the projected `crs` along its edge.
std::optional<Box> projected(PJ_CONTEXT* ctx, const PJ* crs, const Box& box) {
    const Pj to_grid = from_own_degrees(ctx, crs);
    if (!to_grid) return std::nullopt;
    Box out{HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    constexpr int kSteps = 20;
    for (int i = 0; i <= kSteps; ++i) {
        const double x = box.min_x + (box.max_x - box.min_x) * i / kSteps;
        const double y = box.min_y + (box.max_y - box.min_y) * i / kSteps;
        for (const Point p : {Point{x, box.min_y}, Point{x, box.max_y}, Point{box.min_x, y}, Point{box.max_x, y}}) {
            const PJ_COORD at = proj_trans(to_grid.get(), PJ_FWD, proj_coord(p.x, p.y, 0, HUGE_VAL));
            if (!std::isfinite(at.xy.x) || !std::isfinite(at.xy.y)) return std::nullopt;
            out.min_x = std::min(out.min_x, at.xy.x);
            out.max_x = std::max(out.max_x, at.xy.x);
            out.min_y = std::min(out.min_y, at.xy.y);
            out.max_y = std::max(out.max_y, at.xy.y);
        }
    }
    return out;
}

/// Its scales along the parallel and the meridian near a place, against a sphere: right to 1 %.
bool keeps_distances_near(PJ* to_grid, double longitude, double latitude) {
    constexpr double kMost = 0.05, kStep = 0.01, kDegree = 111'195.0;
    const auto at = [&](double x, double y) { return proj_trans(to_grid, PJ_FWD, proj_coord(x, y, 0, HUGE_VAL)).xy; };
    const PJ_XY here = at(longitude, latitude), east = at(longitude + kStep, latitude),
                north = at(longitude, latitude + kStep);
    const double along =
        std::hypot(east.x - here.x, east.y - here.y) / (kStep * kDegree * std::cos(proj_torad(latitude)));
    const double up = std::hypot(north.x - here.x, north.y - here.y) / (kStep * kDegree);
    return !(std::fabs(along - 1.0) > kMost) && !(std::fabs(up - 1.0) > kMost);  // what cannot be told passes
}

/// At nine places of the area of use; where none is known, everything is possible.
bool keeps_distances_all_over(PJ_CONTEXT* ctx, const PJ* crs) {
    Box box{};
    if (proj_get_area_of_use(ctx, crs, &box.min_x, &box.min_y, &box.max_x, &box.max_y, nullptr) == 0) return true;
    if (box.min_x < -180.0 || box.min_x >= box.max_x || box.min_y >= box.max_y) return true;
    const Pj to_grid = from_own_degrees(ctx, crs);
    if (!to_grid) return true;
    for (const double across : {0.1, 0.5, 0.9}) {
        for (const double up : {0.1, 0.5, 0.9}) {
            const double longitude = box.min_x + across * (box.max_x - box.min_x);
            const double latitude = box.min_y + up * (box.max_y - box.min_y);
            if (!keeps_distances_near(to_grid.get(), longitude, latitude)) return false;
        }
    }
    return true;
}

std::optional<Box> area_of_use(PJ_CONTEXT* ctx, const PJ* crs, bool geographic) {
    Box box{};
    if (proj_get_area_of_use(ctx, crs, &box.min_x, &box.min_y, &box.max_x, &box.max_y, nullptr) == 0)
        return std::nullopt;
    // -1000 is unknown; west of its own east end means that it crosses 180°.
    if (box.min_x < -180.0 || box.min_x >= box.max_x || box.min_y >= box.max_y) return std::nullopt;
    if (geographic) {
        const Box wide = grown(box, 0.01);
        return Box{std::max(wide.min_x, -180.0), std::max(wide.min_y, -90.0), std::min(wide.max_x, 180.0),
                   std::min(wide.max_y, 90.0)};
    }
    const auto out = projected(ctx, crs, box);
    return out ? std::optional(grown(*out, 0.01)) : std::nullopt;
}

// ---- choosing an operation ------------------------------------------------------------------------------------------

struct Choice {
    Pj operation;            // to carry out; null: none can be
    Pj best;                 // the best one, were its grids here
    double accuracy = -1.0;  // of `operation`
};

bool is_ballpark(const PJ* operation) {
    const char* name = proj_get_name(operation);
    return proj_coordoperation_has_ballpark_transformation(nullptr, operation) != 0 ||
           (name != nullptr && lower(name).find("ballpark") != std::string::npos);
}

/// PROJ's list is in order of area covered, then accuracy. Whether grids are here is ignored in that order, so that the first is
/// what should be used, and what follows what can be.
Choice choose(PJ_CONTEXT* ctx, const PJ* from, const PJ* to) {
    const FactoryContext factory(proj_create_operation_factory_context(ctx, nullptr));
    proj_operation_factory_context_set_grid_availability_use(ctx, factory.get(), PROJ_GRID_AVAILABILITY_IGNORED);
    proj_operation_factory_context_set_spatial_criterion(ctx, factory.get(),
                                                         PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_allow_ballpark_transformations(ctx, factory.get(), 0);
    const PjList list(proj_create_operations(ctx, from, to, factory.get()));
    Choice choice;
    for (int i = 0; list && i < proj_list_get_count(list.get()) && !choice.operation; ++i) {
        Pj one(proj_list_get(ctx, list.get(), i));
        if (!one || is_ballpark(one.get())) continue;
        const bool here = proj_coordoperation_is_instantiable(ctx, one.get()) != 0;
        if (!choice.best) choice.best.reset(proj_clone(ctx, one.get()));
        if (here) choice.operation = std::move(one);
    }
    if (choice.operation) choice.accuracy = proj_coordoperation_get_accuracy(ctx, choice.operation.get());
    return choice;
}

struct Grid {
    std::string name, path;
};
Grid grid_of(PJ_CONTEXT* ctx, const PJ* operation) {
    const int count = proj_coordoperation_get_grid_used_count(ctx, operation);
    for (int i = 0; i < count; ++i) {
        const char* name = nullptr;
        const char* path = nullptr;
        if (proj_coordoperation_get_grid_used(ctx, operation, i, &name, &path, nullptr, nullptr, nullptr, nullptr,
                                              nullptr) != 0 &&
            name != nullptr) {
            return {name, path != nullptr ? path : ""};
        }
    }
    return {};
}

bool is_ostn15(const std::string& grid) { return grid.find("OSTN15") != std::string::npos; }

/// WGS 84 is taken as ETRS89 where the other side is on it or on the British grid.
bool is_european(const std::string& datum) {
    return datum.starts_with("Ordnance Survey of Great Britain 1936") ||
           datum.starts_with("European Terrestrial Reference System 1989");
}

void add_note(std::string& note, const std::string& more) {
    if (!note.empty()) note += "; ";
    note += more;
}

std::string missing_grid_note(const Grid& grid, const OperationInfo& info) {
    const std::string what =
        is_ostn15(grid.name) ? fmt::format("the OSTN15 grid ({})", grid.name) : fmt::format("the grid {}", grid.name);
    return fmt::format("{} is missing: `{}` is used in its place, which loses up to {} m", what, info.name,
                       format_shortest(info.loss_m));
}

}  // namespace

std::string proj_version() { return std::string("PROJ ") + proj_info().version; }

Crs Crs::from_text(const std::string& text) {
    PJ_CONTEXT* ctx = reading_context();
    const std::string given(trimmed(text));
    Crs crs;
    crs.text_ = given;
    const Pj pj = resolved(ctx, given, &crs.code_);
    crs.identified_ = !crs.code_.empty();
    const Pj base(proj_get_type(pj.get()) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(ctx, pj.get()) : nullptr);
    const PJ* real = base ? base.get() : pj.get();
    const PJ_TYPE type = proj_get_type(real);
    if (!is_geographic_type(type) && type != PJ_TYPE_PROJECTED_CRS) {
        refuse(given, "is neither a geographic nor a projected coordinate reference system");
    }
    crs.name_ = proj_get_name(real);
    if (!crs.identified_) crs.code_ = crs.name_;
    crs.geographic_ = is_geographic_type(type);
    crs.metres_ = !crs.geographic_ && has_metres(ctx, real);
    crs.keeps_distances_ = !crs.geographic_ && keeps_distances_all_over(ctx, real);
    crs.wgs84_ = datum_name(ctx, real).starts_with("World Geodetic System 1984");
    crs.bounds_ = area_of_use(ctx, real, crs.geographic_);
    return crs;
}

// ---- Transformation -------------------------------------------------------------------------------------------------

struct Transformation::Held {
    Context ctx;
    Pj operation;  // null: identity
    GridFolders grids;
    std::optional<Box> reach;  // beyond it a result is no place, whatever the formulas give
};

Transformation::Transformation() : held_(std::make_unique<Held>()) {}
Transformation::Transformation(Transformation&&) noexcept = default;
Transformation& Transformation::operator=(Transformation&&) noexcept = default;
Transformation::~Transformation() = default;

namespace {

/// Fills `info` from what was chosen; throws when nothing can be carried out.
void describe(PJ_CONTEXT* ctx, const Choice& choice, const Choice& wanted, const Crs& from, const Crs& to,
              OperationInfo& info) {
    const Grid needed = wanted.best ? grid_of(ctx, wanted.best.get()) : Grid{};
    if (!choice.operation) {
        blame_machine_first();
        const std::string why = needed.name.empty() ? "none is known that is better than a guess (\"ballpark\")"
                                                    : fmt::format("the grid {} is missing", needed.name);
        throw UsageError(fmt::format(
            "no transformation from {} to {} can be carried out: {}; expected a layer that can be brought into the "
            "study's CRS; {}",
            printable(from.code()), printable(to.code()), why,
            needed.name.empty() ? "give the layer in another CRS" : "put the grid into the grids folder"));
    }
    info.identity = false;
    info.name = proj_get_name(choice.operation.get());
    info.accuracy_m = choice.accuracy;
    const Grid used = grid_of(ctx, choice.operation.get());
    info.grid = used.name;
    info.grid_path = used.path;
    if (!needed.name.empty() && needed.name != used.name) {
        const double best = proj_coordoperation_get_accuracy(ctx, wanted.best.get());
        info.loss_m = is_ostn15(needed.name) ? kOstn15Loss : std::max(0.0, choice.accuracy - std::max(0.0, best));
        add_note(info.note, missing_grid_note(needed, info));
    }
}

}  // namespace

double loss_between(const OperationInfo& a, const OperationInfo& b) {
    return a.identity == b.identity && a.name == b.name ? 0.0 : std::max(a.loss_m, b.loss_m);
}

Transformation Transformation::between(const Crs& from, const Crs& to, const GridFolders& grids) {
    Transformation out;
    Held& held = *out.held_;
    held.grids = grids;
    if (from == to) return out;
    held.ctx = new_context(grids);
    PJ_CONTEXT* ctx = held.ctx.get();
    std::string code;
    Pj source = resolved(ctx, from.definition(), &code);
    Pj target = resolved(ctx, to.definition(), &code);
    const std::string from_datum = datum_name(ctx, source.get()), to_datum = datum_name(ctx, target.get());
    const bool source_as_etrs = from.is_wgs84() && is_european(to_datum),
               target_as_etrs = to.is_wgs84() && is_european(from_datum);
    if (source_as_etrs || target_as_etrs) {
        out.info_.note = "WGS 84 taken as ETRS89: under 1 m apart (plate motion since 1989)";
        // A projection on WGS 84 keeps its own operation, which uses the same grid.
        if (source_as_etrs && from.is_geographic()) source = from_code(ctx, "EPSG:4258");
        if (target_as_etrs && to.is_geographic()) target = from_code(ctx, "EPSG:4258");
    }
    if (equivalent(ctx, source.get(), target.get())) return out;
    const Choice wanted = choose(ctx, source.get(), target.get());
    // Between ETRS89 and OSGB36 the database has the grid alone; the older shifts start from WGS 84.
    Choice fallback;
    if (!wanted.operation) {
        const Pj wgs84 = from_code(ctx, "EPSG:4326"), etrs89 = from_code(ctx, "EPSG:4258");
        if (equivalent(ctx, source.get(), etrs89.get())) fallback = choose(ctx, wgs84.get(), target.get());
        if (equivalent(ctx, target.get(), etrs89.get())) fallback = choose(ctx, source.get(), wgs84.get());
    }
    const Choice& choice = wanted.operation ? wanted : fallback;
    describe(ctx, choice, wanted, from, to, out.info_);
    if (from_datum == to_datum && out.info_.grid.empty() && out.info_.accuracy_m < 0.0) out.info_.accuracy_m = 0.0;
    held.operation.reset(proj_normalize_for_visualization(ctx, choice.operation.get()));
    if (!held.operation)
        throw EnvironmentError(
            fmt::format("PROJ cannot set up `{}`; expected it to; look at proj-data's version", out.info_.name));
    if (to.bounds()) held.reach = grown(*to.bounds(), 0.5);
    return out;
}

std::size_t Transformation::apply(std::span<double> xs, std::span<double> ys) const {
    const std::size_t n = std::min(xs.size(), ys.size());
    if (held_->operation) {
        proj_trans_generic(held_->operation.get(), PJ_FWD, xs.data(), sizeof(double), n, ys.data(), sizeof(double), n,
                           nullptr, 0, 0, nullptr, 0, 0);
    }
    const std::optional<Box>& reach = held_->reach;
    std::size_t lost = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const bool there = std::isfinite(xs[i]) && std::isfinite(ys[i]) &&
                           (!reach || (xs[i] >= reach->min_x && xs[i] <= reach->max_x && ys[i] >= reach->min_y &&
                                       ys[i] <= reach->max_y));
        if (there) continue;
        xs[i] = ys[i] = std::numeric_limits<double>::quiet_NaN();
        ++lost;
    }
    return lost;
}

Transformation Transformation::clone() const {
    Transformation out;
    out.info_ = info_;
    out.held_->grids = held_->grids;
    out.held_->reach = held_->reach;
    if (!held_->operation) return out;
    out.held_->ctx = new_context(held_->grids);
    out.held_->operation.reset(proj_clone(out.held_->ctx.get(), held_->operation.get()));
    if (!out.held_->operation)
        throw EnvironmentError("PROJ cannot copy the operation `" + info_.name + "`; out of memory?");
    return out;
}

}  // namespace geo
