// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/osm_ways.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm/way.hpp>
#include <osmium/visitor.hpp>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/records.h"

namespace geo {
namespace {

constexpr std::array<const char*, 16> kColumns = {"osm_id",  "highway",   "name",    "foot",    "access", "sidewalk",
                                                  "service", "motorroad", "indoor",  "tunnel",  "bridge", "layer",
                                                  "level",   "area",      "surface", "crossing"};
constexpr std::size_t kRowsABatch = 8192;

/// Ways as columns; the nodes of way i are nodes[first[i]] to nodes[first[i + 1]], as places in `node_ids`.
struct Ways {
    std::array<TextColumn, kColumns.size()> cells;
    std::vector<std::size_t> first{0};
    std::vector<osmium::object_id_type> node_ids;
    std::vector<std::uint32_t> nodes;
    std::vector<osmium::Location> places;  // by node_ids; undefined: not in the file
    std::size_t size() const { return first.size() - 1; }
};

[[noreturn]] void refuse(const SourceFile& file, const std::string& what) {
    throw DataError(fmt::format("{}: cannot be read as OpenStreetMap data: {}; get the extract again, or cut it anew",
                                printable(file.shown), printable(what)));
}

void add_way(Ways& ways, const osmium::Way& way, std::vector<osmium::object_id_type>& refs) {
    if (!way.tags().has_key("highway")) return;
    ways.cells[0].add(std::to_string(way.id()));
    for (std::size_t k = 1; k < kColumns.size(); ++k) {
        const std::string_view value = way.tags().get_value_by_key(kColumns[k], "");
        if (is_utf8(value))
            ways.cells[k].add(value);
        else
            ways.cells[k].add(utf8_from_windows_1252(value));
    }
    for (const osmium::NodeRef& node : way.nodes()) refs.push_back(node.ref());
    ways.first.push_back(refs.size());
}

template <class With>
void each_buffer(const osmium::io::File& input, osmium::osm_entity_bits::type kinds, const With& with) {
    osmium::io::Reader reader(input, kinds, osmium::io::read_meta::no);
    if (reader.header().has_multiple_object_versions())
        throw osmium::io_error("it is a history, with several versions of each object");
    while (const osmium::memory::Buffer buffer = reader.read()) with(buffer);
    reader.close();
}

void read_ways(Ways& ways, const osmium::io::File& input) {
    std::vector<osmium::object_id_type> refs;
    each_buffer(input, osmium::osm_entity_bits::way, [&](const osmium::memory::Buffer& buffer) {
        for (const auto& way : buffer.select<osmium::Way>()) add_way(ways, way, refs);
    });
    ways.node_ids = refs;
    std::sort(ways.node_ids.begin(), ways.node_ids.end());
    ways.node_ids.erase(std::unique(ways.node_ids.begin(), ways.node_ids.end()), ways.node_ids.end());
    ways.nodes.reserve(refs.size());
    for (const osmium::object_id_type id : refs) {
        const auto at = std::lower_bound(ways.node_ids.begin(), ways.node_ids.end(), id);
        ways.nodes.push_back(static_cast<std::uint32_t>(at - ways.node_ids.begin()));
    }
}

void read_nodes(Ways& ways, const osmium::io::File& input) {
    ways.places.resize(ways.node_ids.size());
    each_buffer(input, osmium::osm_entity_bits::node, [&](const osmium::memory::Buffer& buffer) {
        for (const auto& node : buffer.select<osmium::Node>()) {
            const auto at = std::lower_bound(ways.node_ids.begin(), ways.node_ids.end(), node.id());
            if (at != ways.node_ids.end() && *at == node.id())
                ways.places[static_cast<std::size_t>(at - ways.node_ids.begin())] = node.location();
        }
    });
}

std::shared_ptr<const Ways> read_osm(const osmium::io::File& input, const SourceFile& file) {
    auto ways = std::make_shared<Ways>();
    try {
        read_ways(*ways, input);
        read_nodes(*ways, input);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        refuse(file, error.what());
    }
    return ways;
}

class OsmTable final : public Table {
  public:
    OsmTable(std::shared_ptr<const Ways> ways, SourceFile file) : ways_(std::move(ways)), file_(std::move(file)) {
        for (std::size_t k = 0; k < kColumns.size(); ++k) selected_.push_back(k);
    }
    const std::string& format() const override { return format_; }
    const std::vector<std::string>& columns() const override { return columns_; }
    bool has_geometry() const override { return true; }
    const std::string& crs() const override { return crs_; }
    std::optional<std::uint64_t> stated_rows() const override { return std::nullopt; }
    std::vector<Issue> opening_issues() override;
    void select(std::vector<std::size_t> columns, bool with_geometry) override {
        selected_ = std::move(columns);
        with_geometry_ = with_geometry;
    }
    std::unique_ptr<Raw> next() override;
    Batch decode(std::unique_ptr<Raw> raw) const override;
    double progress() const override {
        return ways_->size() == 0 ? 1.0 : static_cast<double>(next_) / static_cast<double>(ways_->size());
    }
    void rewind() override { next_ = 0; }

  private:
    struct Part : Raw {
        std::size_t begin = 0, end = 0;
    };
    bool add_line(std::size_t way, Shapes& shapes) const;
    Issue cut_off(std::size_t way) const;

    const std::string format_ = "OpenStreetMap", crs_ = "EPSG:4326";
    const std::vector<std::string> columns_{kColumns.begin(), kColumns.end()};
    std::shared_ptr<const Ways> ways_;
    SourceFile file_;
    std::vector<std::size_t> selected_;
    bool with_geometry_ = true;
    std::size_t next_ = 0;
};

std::vector<Issue> OsmTable::opening_issues() {
    const auto missing = static_cast<std::uint64_t>(std::count_if(
        ways_->places.begin(), ways_->places.end(), [](const osmium::Location& place) { return !place.valid(); }));
    if (missing == 0) return {};
    return {file_issue(file_, "nodes-missing",
                       counted(missing, "node") + " of its ways are not in the file: it was cut at an edge",
                       "the ways end where the file does", Kept::used)};
}

std::unique_ptr<Table::Raw> OsmTable::next() {
    if (next_ == ways_->size()) return nullptr;
    auto part = std::make_unique<Part>();
    part->begin = next_;
    part->end = next_ = std::min(next_ + kRowsABatch, ways_->size());
    return part;
}

/// False, and nothing added, where fewer than two of its nodes are known.
bool OsmTable::add_line(std::size_t way, Shapes& shapes) const {
    std::vector<Point> points;
    for (std::size_t k = ways_->first[way]; k < ways_->first[way + 1]; ++k) {
        const osmium::Location place = ways_->places[ways_->nodes[k]];
        if (place.valid()) points.push_back({place.lon_without_check(), place.lat_without_check()});
    }
    if (points.size() < 2) return false;
    for (const Point p : points) shapes.add_vertex(p.x, p.y);
    shapes.end_part(PartKind::line);
    shapes.end_shape();
    return true;
}

Issue OsmTable::cut_off(std::size_t way) const {
    Issue issue =
        file_issue(file_, "no-geometry", "fewer than two of its nodes are in the file", "left out", Kept::not_used);
    issue.row = static_cast<std::int64_t>(way) + 1;
    issue.id = ways_->cells[0][way];
    return issue;
}

Batch OsmTable::decode(std::unique_ptr<Raw> raw) const {
    const auto& part = dynamic_cast<const Part&>(*raw);
    Batch batch;
    batch.number = part.begin / kRowsABatch;
    batch.cells.resize(selected_.size());
    batch.read = part.end - part.begin;
    batch.text = ways_;
    for (std::size_t way = part.begin; way < part.end; ++way) {
        if (with_geometry_ && !add_line(way, batch.shapes)) {
            batch.issues.push_back(cut_off(way));
            continue;
        }
        batch.row.push_back(static_cast<std::int64_t>(way) + 1);
        for (std::size_t k = 0; k < selected_.size(); ++k) batch.cells[k].push_back(ways_->cells[selected_[k]][way]);
    }
    return batch;
}

}  // namespace

std::unique_ptr<Table> open_osm(const std::filesystem::path& path, const SourceFile& file) {
    const bool pbf = path.extension() == ".pbf" || path.extension() == ".PBF";
    return std::make_unique<OsmTable>(read_osm(osmium::io::File(path.string(), pbf ? "pbf" : "osm"), file), file);
}

std::unique_ptr<Table> open_osm(std::string bytes, const std::string& ending, const SourceFile& file) {
    return std::make_unique<OsmTable>(read_osm(osmium::io::File(bytes.data(), bytes.size(), ending), file), file);
}

}  // namespace geo
