// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/network_cache.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <span>
#include <system_error>

#include "libgeo/base/content_hash.h"
#include "libgeo/base/embedded.h"
#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/version.h"
#include "libgeo/geometry/network_file.h"
#include "libgeo/layers/layer_file.h"
#include "libgeo/layers/network_record.h"
#include "libgeo/layers/street_lines.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

/// To be raised whenever the same files and options give another network, other issues or another file.
constexpr std::uint64_t kFormat = 1;
constexpr std::uint64_t kMark = 0x4548434143574543ULL;

/// What comes before the record and the network.
struct Head {
    std::uint64_t mark = kMark, format = kFormat;
    std::array<char, 64> key{};  // SHA-256, as text
    std::uint64_t record = 0;    // bytes
    std::uint64_t hash = 0;      // of the head so far and the record
};
static_assert(sizeof(Head) == 96);

std::uint64_t hash_of(const Head& head, std::string_view record) {
    ContentHash hash;
    hash.add(&head, offsetof(Head, hash));
    hash.add(record.data(), record.size());
    return hash.value();
}

void add(RecordWriter& key, const std::map<std::string, std::string>& words) {
    key.number(words.size());
    for (const auto& [word, column] : words) key.text(word), key.text(column);
}

void add(RecordWriter& key, const std::map<std::string, std::vector<std::string>>& where) {
    key.number(where.size());
    for (const auto& [column, values] : where) {
        key.text(column);
        key.number(values.size());
        for (const std::string& value : values) key.text(value);
    }
}

void add(RecordWriter& key, const std::optional<Metres>& metres) { key.number(metres ? metres->value : -1.0); }

void add(RecordWriter& key, const std::optional<Date>& date) { key.text(date ? format_date(*date) : std::string()); }

/// How a layer is walked. A key that comes to be does not compile until it is thought of here.
void add(RecordWriter& key, const StreetSpec& streets) {
    const auto& [topology, snap, walk_all, walkable, walkable_file, private_ways, paths, band, most_access, cache,
                 topology_line, snap_line] = streets;
    key.number(topology ? static_cast<int>(*topology) : -1);
    add(key, snap);
    key.number(walk_all);
    key.text(walkable ? walkable->sha256() : std::string());
    key.text(walkable_file);
    key.number(private_ways);
    key.number(paths ? static_cast<int>(*paths) : -1);
    add(key, band);
    add(key, most_access);
}

/// How a file is read; where it lies does not matter. As above.
void add(RecordWriter& key, const FileSpec& spec) {
    const auto& [file, path, container_layer, crs, preset, columns, where, date_format, date, covers, line] = spec;
    for (const std::string* text : {&file, &container_layer, &crs, &preset}) key.text(*text);
    add(key, columns);
    add(key, where);
    key.number(date_format ? static_cast<int>(*date_format) : -1);
    add(key, date);
}

void add(RecordWriter& key, const LayerSpec& layer) {
    for (const std::string* text : {&layer.name, &layer.licence, &layer.attribution}) key.text(*text);
    key.text(layer.part_of.value_or(std::string()));
    key.text(layer.covers.value_or(std::string()));
    add(key, layer.accuracy);
    key.number(layer.site_radius.value);
    add(key, layer.date);
    add(key, layer.files.front());
    add(key, layer.streets);
}

/// How coordinates come into the study's CRS here: the grids that are found decide.
void add_operations(RecordWriter& key, const Crs& to, const GridFolders& grids) {
    for (const char* code : {"EPSG:4326", "EPSG:4258", "EPSG:27700", "EPSG:3857"}) {
        OperationInfo info;
        try {
            info = Transformation::between(Crs::from_text(code), to, grids).info();
        } catch (const UsageError& error) {
            info.note = error.what();
        }
        for (const std::string* text : {&info.name, &info.grid, &info.grid_path, &info.note}) key.text(*text);
        key.number(info.accuracy_m);
        key.number(info.loss_m);
        key.text(info.grid_path.empty() ? std::string() : sha256_of_file(info.grid_path));
    }
}

/// What the program itself brings: its version, its libraries', the presets and tables that it carries.
void add_program(RecordWriter& key) {
    key.number(kFormat);
    for (const std::string& text : {std::string(kVersion), gdal_version(), proj_version()}) key.text(text);
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.name.starts_with("presets/") && !file.name.starts_with("walkable/")) continue;
        key.text(file.name);
        key.text(file.text);
    }
}

bool is_regular(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && !error;
}

}  // namespace

NetworkCache::NetworkCache(const Study& study, const LoadOptions& options, const Issues& said)
    : study_(&study), options_(&options), issues_before_(said.all().size()), accounts_before_(said.accounts().size()) {
    bool wanted = true;
    for (const LayerSpec& layer : study.layers) {
        if (layer.kind != LayerKind::streets) continue;
        streets_.push_back(&layer);
        accounted_.push_back(accounted(said, layer));
        wanted = wanted && layer.streets.cache;
    }
    const fs::path file = study.folder / fs::path(study.file).filename();
    if (wanted && !streets_.empty() && is_regular(file)) path_ = fs::path(file).concat(".streets.cache");
}

std::string NetworkCache::words() const { return "kept in " + printable(path_.filename().string(), 200); }

/// `hashes`: of the files of the layers, in their order.
std::string NetworkCache::key(const std::vector<std::string>& hashes) const {
    RecordWriter key;
    add_program(key);
    key.text(study_->crs->definition());
    key.number(study_->strict_crs);
    add_operations(key, *study_->crs, options_->grids);
    const Box area = options_->study_area.value_or(Box::empty());
    for (const double side : {area.min_x, area.min_y, area.max_x, area.max_y}) key.number(side);
    for (std::size_t i = 0; i < streets_.size(); ++i) {
        add(key, *streets_[i]);
        key.number(static_cast<int>(accounted_[i]));
        key.text(hashes[i]);
    }
    return sha256_of_text(key.bytes());
}

/// As the files are now; empty where one cannot be read, which whoever builds the network will say.
std::string NetworkCache::key_of_files() const {
    std::vector<std::string> hashes;
    try {
        for (const LayerSpec* layer : streets_) {
            const FileSpec& file = layer->files.front();
            hashes.push_back(hash_of_files({file.path, file.file, file.container_layer, layer->name}).first);
        }
    } catch (const DataError&) {
        return {};
    }
    return key(hashes);
}

std::unique_ptr<WalkingNetwork> NetworkCache::read(Issues& issues) const {
    if (path_.empty() || !is_regular(path_)) return nullptr;
    std::ifstream file(path_, std::ios::binary);
    std::error_code error;
    const std::uint64_t size = fs::file_size(path_, error);
    const ByteSource source = [&file](char* into, std::size_t count) {
        return static_cast<bool>(file.read(into, static_cast<std::streamsize>(count)));
    };
    Head head;
    if (error || size < sizeof head || !source(reinterpret_cast<char*>(&head), sizeof head)) return nullptr;
    if (head.mark != kMark || head.format != kFormat || head.record > size - sizeof head) return nullptr;
    std::string bytes(head.record, '\0');
    if (!source(bytes.data(), bytes.size()) || head.hash != hash_of(head, bytes)) return nullptr;
    if (std::string_view(head.key.data(), head.key.size()) != key_of_files()) return nullptr;

    NetworkRecord record;
    if (!read_record(bytes, record)) return nullptr;
    std::optional<StreetNetwork> network = read_network(source, size - sizeof head - head.record);
    if (!network || record.walking.usable.size() != network->links()) return nullptr;
    auto walking = std::make_unique<WalkingNetwork>(std::move(record.walking));
    walking->network = std::move(*network);
    walking->kept = words();
    for (Issue& issue : record.issues) issues.add(std::move(issue));
    for (RowAccount& account : record.accounts) issues.accounts().push_back(std::move(account));
    return walking;
}

void NetworkCache::keep(WalkingNetwork& walking, const Issues& issues) const {
    if (path_.empty() || walking.network.links() < options_->network_kept_from) return;
    NetworkRecord record;
    record.issues.assign(issues.all().begin() + static_cast<std::ptrdiff_t>(issues_before_), issues.all().end());
    record.accounts.assign(issues.accounts().begin() + static_cast<std::ptrdiff_t>(accounts_before_),
                           issues.accounts().end());
    std::swap(record.walking, walking);
    const std::string bytes = bytes_of(record);
    std::swap(record.walking, walking);
    std::vector<std::string> hashes;
    for (const LayerFacts& layer : walking.facts) hashes.push_back(layer.files.front().sha256);
    Head head;
    const std::string of_inputs = key(hashes);
    std::copy(of_inputs.begin(), of_inputs.end(), head.key.begin());
    head.record = bytes.size();
    head.hash = hash_of(head, bytes);
    try {
        std::error_code error;
        if (fs::exists(path_, error) && !is_regular(path_))
            throw EnvironmentError(printable(path_.string(), 300) + ": is no regular file");
        OutputFile file(path_, true);
        file.write({reinterpret_cast<const char*>(&head), sizeof head});
        file.write(bytes);
        write_network(walking.network, [&file](std::string_view block) { file.write(block); });
        file.commit();
        walking.kept = words();
    } catch (const EnvironmentError& error) {
        walking.kept = std::string("cannot be kept for the next time: ") + error.what();
    }
}

}  // namespace geo
