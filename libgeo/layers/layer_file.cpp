// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/layer_file.h"

#include <algorithm>
#include <mutex>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/column_binding.h"

namespace geo {

struct SharedTransformation::Pool {
    explicit Pool(Transformation t) : original(std::move(t)) {}
    std::mutex guard;
    Transformation original;
    std::vector<Transformation> free;
};

SharedTransformation::SharedTransformation(Transformation one)
    : info_(one.info()), pool_(std::make_unique<Pool>(std::move(one))) {}
SharedTransformation::~SharedTransformation() = default;

void SharedTransformation::apply(std::span<double> xs, std::span<double> ys) const {
    if (info_.identity || xs.empty()) return;
    const auto take = [this] {
        const std::lock_guard lock(pool_->guard);
        if (pool_->free.empty()) return pool_->original.clone();
        Transformation t = std::move(pool_->free.back());
        pool_->free.pop_back();
        return t;
    };
    Transformation mine = take();
    mine.apply(xs, ys);
    const std::lock_guard lock(pool_->guard);
    pool_->free.push_back(std::move(mine));
}

std::optional<std::size_t> LayerFile::cell(const std::string& word) const {
    const auto found = cells.find(word);
    return found == cells.end() ? std::nullopt : std::optional(found->second);
}

std::string LayerFile::column_of(const std::string& word) const {
    const auto found = cell(word);
    return found ? table->columns()[selected[*found]] : word;
}

std::string LayerFile::shown() const { return printable(source.shown, 200) + " (layer " + printable(layer) + ")"; }

void LayerFile::fail(const std::string& message) const { throw DataError(shown() + ": " + message); }

Issue LayerFile::issue(const std::string& code, const std::string& message, const std::string& action,
                       std::int64_t row) const {
    Issue issue;
    issue.layer = layer;
    issue.file = source.shown;
    issue.row = row;
    issue.code = code;
    issue.message = message;
    issue.action = action;
    return issue;
}

std::pair<std::string, std::uint64_t> hash_of_files(const SourceFile& source) {
    const auto files = files_of(source);
    std::string all;
    std::uint64_t bytes = 0;
    for (const auto& path : files) {
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        if (!error) bytes += size;
        if (files.size() == 1) return {sha256_of_file(path), bytes};
        all += path.filename().string() + " " + sha256_of_file(path) + "\n";
    }
    return {sha256_of_text(all), bytes};
}

namespace {

/// Of a container with several layers, the one that a preset for this kind of layer is made for.
void choose_container_layer(LayerFile& file, const FileRequest& request) {
    if (!file.source.container_layer.empty() || request.spec->preset == "none") return;
    std::vector<const Preset*> candidates;
    for (const Preset& preset : presets()) {
        const auto& kinds = preset.kinds_of_layer;
        const bool suits = request.spec->preset.empty()
                               ? std::find(kinds.begin(), kinds.end(), request.kind) != kinds.end()
                               : preset.id == request.spec->preset;
        if (suits && !preset.container_layer.empty()) candidates.push_back(&preset);
    }
    const std::string ending = file.source.path.extension().string();
    if (candidates.empty() || (ending != ".gpkg" && ending != ".gdb" && ending != ".zip")) return;
    const auto names = layer_names(file.source);
    if (names.size() < 2) return;
    for (const Preset* preset : candidates) {
        if (std::find(names.begin(), names.end(), preset->container_layer) == names.end()) continue;
        file.source.container_layer = preset->container_layer;
        return;
    }
}

void choose_preset(LayerFile& file, const FileRequest& request, Issues& issues) {
    const std::string& named = request.spec->preset;
    if (named == "none") return;
    if (!named.empty()) {
        file.preset = preset_by_id(named);
    } else {
        file.preset = find_preset(file.table->columns(), file.table->format(), request.kind).preset;
        file.preset_by_columns = file.preset != nullptr;
    }
    if (!file.preset) return;
    issues.add(file.issue(
        "preset",
        "read as " + file.preset->title + (file.preset_by_columns ? ", found by its columns" : ", as the study says"),
        "columns, values and defaults are those of the preset `" + file.preset->id +
            "` where the study says nothing else"));
}

/// The names that say the CRS by themselves: an easting in a study on the British grid.
bool named_easting_northing(const LayerFile& file) {
    const std::string x = folded(file.column_of("x")), y = folded(file.column_of("y"));
    return (x == "easting" && y == "northing") || (x == "eastings" && y == "northings");
}

std::string crs_text(LayerFile& file, const FileRequest& request, Issues& issues) {
    const FileSpec& spec = *request.spec;
    std::string stated = file.located == LocatedBy::geometry ? file.table->crs() : std::string();
    if (!spec.crs.empty()) {
        if (!stated.empty() && !(Crs::from_text(stated) == Crs::from_text(spec.crs))) {
            issues.add(
                file.issue("crs-overridden",
                           "the file says " + printable(Crs::from_text(stated).code()) + ", the study says " + spec.crs,
                           "the study's `crs` is used"));
        }
        return spec.crs;
    }
    if (!stated.empty()) return stated;
    // A preset knows what its own columns hold; of geometry, and of columns that the study chose, it knows nothing.
    const std::string by = file.located == LocatedBy::wkt ? "wkt" : "x";
    if (file.preset && file.located != LocatedBy::geometry && file.by_preset[by] && !file.preset->crs.empty())
        return file.preset->crs;
    if (file.located == LocatedBy::x_y && request.study->crs->code() == "EPSG:27700" && named_easting_northing(file)) {
        issues.add(file.issue("crs-by-names",
                              "no coordinate system is stated; the columns are called " + file.column_of("x") +
                                  " and " + file.column_of("y"),
                              "taken as the study's EPSG:27700; say crs = \"EPSG:27700\" to be sure"));
        return "EPSG:27700";
    }
    return {};
}

[[noreturn]] void ask_for_crs(const LayerFile& file, const FileRequest& request) {
    const std::string where = request.study->file + ":" + std::to_string(request.spec->line);
    std::string what = "the file states no coordinate system (crs)";
    if (file.table->format() == "ESRI Shapefile") what += ": its .prj is missing";
    if (file.located == LocatedBy::x_y)
        what += " for the columns " + printable(file.column_of("x")) + " and " + printable(file.column_of("y"));
    file.fail(
        what + "; give it at " + where +
        ", for example crs = \"EPSG:27700\" (eastings and northings) or crs = \"EPSG:4326\" (longitude and latitude)");
}

void choose_operation(LayerFile& file, const FileRequest& request, Issues& issues) {
    std::string text;
    try {
        text = crs_text(file, request, issues);
        if (text.empty()) ask_for_crs(file, request);
        file.crs = Crs::from_text(text);
        file.transformation = std::make_shared<SharedTransformation>(
            Transformation::between(*file.crs, *request.study->crs, *request.grids));
    } catch (const UsageError& error) {
        file.fail(std::string("its coordinate system: ") + error.what());
    }
    file.bounds = request.study->crs->bounds();
    const OperationInfo& info = file.transformation->info();
    if (info.loss_m <= 0.0) return;
    if (request.study->strict_crs)
        throw EnvironmentError(file.shown() + ": " + info.note + "; the study says strict = true");
    issues.add(file.issue("grid-missing", info.note,
                          "up to " + format_shortest(info.loss_m) +
                              " m are added to the tolerance between layers that came in differently"));
}

/// Columns that are not found may be the fault of a damaged file (a quote that never closes): that is said too.
[[noreturn]] void fail_with_damage(LayerFile& file, const DataError& error) {
    constexpr int kBatchesLookedAt = 64;
    std::string damage;
    try {
        for (int i = 0; i < kBatchesLookedAt && damage.empty(); ++i) {
            const auto batch = file.table->next_batch();
            if (!batch) break;
            for (const Issue& issue : batch->issues) {
                if (issue.kept == Kept::not_used && damage.empty()) damage = issue.message;
            }
        }
    } catch (const DataError& other) {
        damage = other.what();
    }
    if (damage.empty()) throw error;
    throw DataError(std::string(error.what()) + "; the file is damaged, too: " + damage);
}

std::shared_future<std::pair<std::string, std::uint64_t>> begin_hash(const SourceFile& source) {
    constexpr std::uintmax_t kWorthAThread = 1u << 20;
    std::error_code error;
    const bool large = std::filesystem::file_size(source.path, error) > kWorthAThread;
    return std::async(large && !error ? std::launch::async : std::launch::deferred,
                      [source] { return hash_of_files(source); })
        .share();
}

}  // namespace

LayerFile open_layer_file(const FileRequest& request, Issues& issues) {
    LayerFile file;
    file.layer = request.layer;
    file.spec = request.spec;
    file.source = {request.spec->path, request.spec->file, request.spec->container_layer, request.layer};
    file.stamps = FileStamps(files_of(file.source));
    file.stamps.watch(file.source.shown, [&] {
        choose_container_layer(file, request);
        file.table = open_table(file.source);
    });
    for (Issue& issue : file.table->opening_issues()) {
        issue.layer = request.layer;
        issue.file = file.source.shown;
        issues.add(std::move(issue));
    }
    choose_preset(file, request, issues);
    try {
        bind_columns(file, request, issues);
    } catch (const DataError& error) {
        file.stamps.verify(file.source.shown);
        fail_with_damage(file, error);
    }
    file.account.layer = request.layer;
    file.account.file = file.source.shown;
    if (file.located != LocatedBy::nothing) choose_operation(file, request, issues);
    file.table->select(file.selected, file.located == LocatedBy::geometry);
    file.hash = begin_hash(file.source);
    return file;
}

std::string hash_of_source(const LayerFile& file, std::uint64_t* bytes) {
    file.stamps.verify(file.source.shown);
    const auto& [sha256, size] = file.hash.get();
    *bytes = size;
    file.stamps.verify(file.source.shown);
    return sha256;
}

FileRecord file_record(const LayerFile& file, const LayerSpec* layer) {
    FileRecord record;
    record.layer = file.layer;
    record.file = file.source.shown;
    record.rows_read = file.account.read;
    record.rows_used = file.account.used;
    record.rows_not_used = file.account.not_used;
    record.rows_ruled_out = file.account.ruled_out;
    const std::optional<Date> date = file.spec->date ? file.spec->date : layer ? layer->date : std::nullopt;
    if (date) record.date = format_date(*date);
    if (layer) record.licence = layer->licence, record.attribution = layer->attribution;
    if (file.preset) {
        record.preset = file.preset->id;
        if (record.licence.empty()) record.licence = file.preset->licence;
        if (record.attribution.empty()) record.attribution = file.preset->attribution;
    }
    if (file.crs) record.crs = file.crs->code();
    if (file.transformation) {
        const OperationInfo& info = file.transformation->info();
        record.operation = info.identity ? "none" : info.name;
        record.operation_note = info.note;
        record.operation_accuracy_m = info.identity ? 0.0 : info.accuracy_m;
        record.operation_loss_m = info.loss_m;
        record.grid = info.grid;
        if (!info.grid_path.empty()) record.grid_sha256 = sha256_of_file(info.grid_path);
    }
    return record;
}

}  // namespace geo
