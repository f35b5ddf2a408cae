// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: an official look-up between two editions of areas, as of LSOAs of 2021 and of 2011, and what a table by the codes of the one says of
// the areas of the other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libgeo/layers/loaders.h"

namespace geo {

/// Code → where it stands in a column; views into the column.
using CodeIndex = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;
CodeIndex index_of(const TextColumn& codes);

/// `3 of 4,968 areas` and five of their codes.
struct ListedAreas {
    std::string count, codes;
};
ListedAreas listed(const TextColumn& codes, const std::vector<std::uint32_t>& areas);

/// A look-up read whole. Its `from` codes are the table's, its `to` codes the areas'. A `from` code of several `to` codes (areas that were merged) is divided by
/// the shares that the look-up states and in no other way: without them it gives no figure, and no area that holds a part of it has one. Ranks cannot be summed
/// or divided: only areas that are one code, whole, have one.
class CodeLookup {
  public:
    enum class Figures : std::uint8_t { sums, ranks };

    /// Reads the file, lists its doubtful rows (blank codes, doubled rows, shares that are none) and counts how the areas are made of the table's codes.
    /// `name`: of the issues; `what`: what the areas are given.
    CodeLookup(const LoadContext& context, const CodeLookupSpec& spec, const std::string& name, std::string what,
               Figures figures, AreaLayer& layer);
    ~CodeLookup();
    CodeLookup(const CodeLookup&) = delete;
    CodeLookup& operator=(const CodeLookup&) = delete;

    std::size_t codes() const { return from_.size(); }
    /// The `from` codes of which the layer holds a part, numbered as in `by_area`.
    const CodeIndex& index() const { return index_; }
    bool knows(std::string_view code) const { return numbers_.contains(std::string(code)); }
    /// Why the figure of a code cannot be used; empty: it can.
    std::string complaint(std::uint32_t number) const;

    /// One figure an area of one a code (NaN where the table has none); NaN where it is not known. Counts the areas of which a part has no figure; `year`: 0
    /// for none.
    std::vector<double> by_area(const std::vector<double>& figures, int year) const;

  private:
    /// How an area is made of the table's codes.
    enum class Made : std::uint8_t { not_in_lookup, unchanged, summed, divided, not_divided, unnamed };
    struct Part {
        std::uint32_t code = 0;
        double share = 1;  ///< of the code's figure; NaN: not known
    };
    struct Code {
        std::vector<std::pair<std::string, double>> to;  ///< with its share; a blank `to`: some area that is not named
        bool shares_fit = true;                          ///< they come to no more than 1
    };

    void read();
    void read_row(const Batch& batch, std::size_t i);
    void take(std::string_view from, std::string_view to, double share, const Batch& batch, std::size_t i);
    double share_of(const Batch& batch, std::size_t i);
    void refuse(const Batch& batch, std::size_t i, const char* code, const std::string& message);
    Code& code_of(std::string_view from);
    void check_shares();
    void make_parts();
    void close_file(AreaLayer& layer);

    Made made_of(std::uint32_t area) const;
    bool has_figure(Made made) const;
    bool used(const Code& code) const;
    std::vector<std::uint32_t> areas_made(Made made) const;
    void count_areas() const;
    void list_areas_without() const;
    void list_areas(Made made, const char* code, const std::string& says, const std::string& help) const;

    const LoadContext& context_;
    const TextColumn& areas_;
    FileSpec spec_;
    std::string what_;
    Figures figures_;
    LayerFile file_;
    CodeIndex area_index_;
    TextColumn from_;
    std::unordered_map<std::string, std::uint32_t> numbers_;  ///< `from` code → its place in from_ and codes_
    std::vector<Code> codes_;
    std::vector<std::vector<Part>> parts_;  ///< one an area
    std::vector<std::uint8_t> unnamed_;     ///< one an area; 1: a part of it has no code
    std::uint64_t doubled_ = 0, elsewhere_ = 0;
    CodeIndex index_;
};

}  // namespace geo
