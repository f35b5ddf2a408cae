// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what is kept of a walking network beside its links and nodes, as bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/layers/walking_network.h"

namespace geo {

/// Numbers as they lie in memory, texts with their length before them.
class RecordWriter {
  public:
    static constexpr bool kReads = false;
    template <typename T>
    void number(const T& value) {
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void text(std::string_view value) {
        number(std::uint64_t{value.size()});
        bytes_.append(value);
    }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

/// Reads the same, and stops at the first thing that is not there; what is read after that is worth nothing.
class RecordReader {
  public:
    static constexpr bool kReads = true;
    explicit RecordReader(std::string_view bytes) : rest_(bytes) {}
    template <typename T>
    void number(T& value) {
        if (rest_.size() < sizeof value) return fail();
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
    }
    void text(std::string& value);
    void fail() {
        good_ = false;
        rest_ = {};
    }
    bool good() const { return good_; }
    bool at_end() const { return good_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

/// All of `walking` but the network itself, and what was said while it was built.
struct NetworkRecord {
    WalkingNetwork walking;
    std::vector<Issue> issues;
    std::vector<RowAccount> accounts;
};

/// `record.walking.network` is passed over.
std::string bytes_of(const NetworkRecord& record);
/// False where the bytes are no whole record.
bool read_record(std::string_view bytes, NetworkRecord& record);

}  // namespace geo
