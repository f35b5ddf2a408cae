// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/network_record.h"

#include <optional>
#include <type_traits>

namespace geo {

void RecordReader::text(std::string& value) {
    std::uint64_t size = 0;
    number(size);
    if (rest_.size() < size) return fail();
    value.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
}

namespace {

/// One list of fields for both ways. Every field of a struct is named here: one that comes to be does not compile until it stands in the list.
template <typename Stream>
class Record {
  public:
    explicit Record(Stream& stream) : stream_(stream) {}

    void one(NetworkRecord& record) { all(record.walking, record.issues, record.accounts); }

  private:
    template <typename... Fields>
    void all(Fields&... fields) {
        (one(fields), ...);
    }

    void one(WalkingNetwork& walking) {
        auto& [name, files, filters, has_paths, most_access, band, network, usable, topology, snap, rules, facts, lines,
               small_parts, small_parts_mm, kept] =
            walking;  // the network and where it is kept are no part of the record
        all(name, files, filters, has_paths, most_access, band, snap, rules, facts, lines, small_parts, small_parts_mm);
        choice(topology, StreetTopology::planar);
        bytes(usable);
    }
    void one(WalkedBy& by) {
        auto& [layer, table, rule, reason, walkable, left_out, lines] = by;
        all(layer, table, rule, reason, left_out, lines);
        choice(walkable, Walkable::no);
    }
    void one(LayerFacts& facts) {
        auto& [name, accuracy, accuracy_stated, part_of, accuracy_source, site_radius, operation, crs_code, files,
               covers] = facts;
        all(name, accuracy, accuracy_stated, part_of, accuracy_source, site_radius, operation, crs_code, files, covers);
    }
    void one(OperationInfo& operation) {
        auto& [identity, name, accuracy, grid, grid_path, loss, note] = operation;
        all(identity, name, accuracy, grid, grid_path, loss, note);
    }
    void one(FileRecord& file) {
        auto& [layer, name, sha256, size, read, used, not_used, ruled_out, date, licence, attribution, preset, crs,
               operation, operation_note, accuracy, loss, grid, grid_sha256] = file;
        all(layer, name, sha256, size, read, used, not_used, ruled_out, date, licence, attribution, preset, crs,
            operation, operation_note, accuracy, loss, grid, grid_sha256);
    }
    void one(Issue& issue) {
        auto& [layer, file, row, id, code, message, action, kept, may_hide, hides_until, x, y, has_place] = issue;
        all(layer, file, row, id, code, message, action, may_hide, hides_until, x, y, has_place);
        choice(kept, Kept::not_used);
    }
    void one(RowAccount& account) {
        auto& [layer, file, read, used, not_used, ruled_out] = account;
        all(layer, file, read, used, not_used, ruled_out);
    }

    void one(std::uint64_t& value) { stream_.number(value); }
    void one(std::int64_t& value) { stream_.number(value); }
    void one(int& value) { stream_.number(value); }
    void one(double& value) { stream_.number(value); }
    void one(std::string& value) { stream_.text(value); }
    void one(Metres& metres) { stream_.number(metres.value); }
    void one(bool& value) {
        auto byte = static_cast<std::uint8_t>(value ? 1 : 0);
        stream_.number(byte);
        value = byte != 0;
    }
    void one(Date& date) {
        std::int64_t days = date.time_since_epoch().count();
        stream_.number(days);
        date = Date(std::chrono::days(static_cast<std::chrono::days::rep>(days)));
    }

    template <typename T>
    void one(std::optional<T>& value) {
        bool there = value.has_value();
        one(there);
        if (there && !value) value.emplace();
        if (there) one(*value);
    }
    template <typename T>
    void one(std::vector<T>& values) {
        std::uint64_t count = values.size();
        stream_.number(count);
        if constexpr (Stream::kReads) {
            values.clear();
            while (values.size() < count && stream_.good()) one(values.emplace_back());
        } else {
            for (T& value : values) one(value);
        }
    }
    /// An enum, whose last value is given.
    template <typename T>
    void choice(T& value, T last) {
        static_assert(std::is_same_v<std::underlying_type_t<T>, std::uint8_t>);
        auto number = static_cast<std::uint8_t>(value);
        stream_.number(number);
        if constexpr (Stream::kReads) {
            if (number > static_cast<std::uint8_t>(last)) return stream_.fail();
            value = static_cast<T>(number);
        }
    }
    void bytes(std::vector<std::uint8_t>& values) {
        std::string text(values.begin(), values.end());
        stream_.text(text);
        values.assign(text.begin(), text.end());
    }

    Stream& stream_;
};

}  // namespace

std::string bytes_of(const NetworkRecord& record) {
    RecordWriter writer;
    Record(writer).one(const_cast<NetworkRecord&>(record));  // writing only looks
    return writer.bytes();
}

bool read_record(std::string_view bytes, NetworkRecord& record) {
    RecordReader reader(bytes);
    Record(reader).one(record);
    return reader.at_end();
}

}  // namespace geo
