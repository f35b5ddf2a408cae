// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>

#include "libgeo/base/text.h"
#include "libgeo/layers/area_joins.h"
#include "libgeo/layers/loaders.h"

namespace geo {
namespace {

class AreaLoader {
  public:
    AreaLoader(const LoadContext& context, const LayerSpec& spec)
        : context_(context), spec_(spec), file_(open(context, spec)) {}

    AreaLayer load() {
        const WholeFile whole = read_whole(file_, context_, true);
        read_codes(whole);
        Doubles doubles;
        doubles.same_row.assign(whole.rows.size(), 0);
        if (file_.cell("code")) doubles = find_doubles(file_, whole.batches, whole.rows, codes_, *context_.issues);
        list_troubles(whole);
        bind_attributes(whole);
        for (std::size_t i = 0; i < whole.rows.size(); ++i) append(whole, i, doubles.same_row[i] != 0);
        layer_.facts = facts_of(spec_, file_);
        FileRecord record = file_record(file_, &spec_);
        record.sha256 = hash_of_source(file_, &record.bytes);
        layer_.facts.files.push_back(std::move(record));
        context_.issues->accounts().push_back(file_.account);
        join_area_tables(context_, spec_, layer_);
        return std::move(layer_);
    }

  private:
    static LayerFile open(const LoadContext& context, const LayerSpec& spec) {
        FileRequest request = request_of(context, spec, spec.files.front());
        request.words = {"code", "name"};
        for (const AttributeSpec& attribute : spec.attributes) {
            if (!attribute.joined) request.keep.push_back(attribute.column);
        }
        return open_layer_file(request, *context.issues);
    }

    /// A column of the file that is an attribute.
    struct Bound {
        std::string field;  // folded
        std::size_t cell = 0;
        std::optional<int> year;
        AttributeCells cells;
    };

    /// The study's attributes, and the columns that policies name and the study does not.
    void bind_attributes(const WholeFile& whole) {
        std::size_t kept = 0;
        for (const AttributeSpec& attribute : spec_.attributes) {
            if (!attribute.joined) bound_.push_back({folded(attribute.field), file_.kept[kept++], attribute.year, {}});
        }
        const std::size_t own = bound_.size();
        for (const auto& [name, cell] : file_.attributes) {
            const bool given = std::any_of(bound_.begin(), bound_.begin() + static_cast<std::ptrdiff_t>(own),
                                           [&name = name](const Bound& b) { return b.field == name && !b.year; });
            if (!given) bound_.push_back({name, cell, std::nullopt, {}});
        }
        for (Bound& bound : bound_) {
            if (bound.year) {
                layer_.by_year[bound.field][*bound.year];
            } else {
                layer_.attributes[bound.field];
            }
            for (const RowAt& at : whole.rows) bound.cells.see(whole.batches[at.batch].batch.cells[bound.cell][at.row]);
        }
    }

    /// Words without a year stand as the file has them, a blank too.
    void append_attribute(Bound& bound, const Batch& batch, std::uint32_t row) {
        const std::string_view cell = trimmed(batch.cells[bound.cell][row]);
        AttributeCells::Reading reading{cell, {}};
        if (bound.year || bound.cells.numeric())
            reading = bound.cells.read(cell, file_.table->columns()[file_.selected[bound.cell]]);
        if (!reading.complaint.empty()) {
            Issue issue = file_.issue("bad-value", reading.complaint, "not known for this area", batch.row[row]);
            issue.id = layer_.code[layer_.size() - 1];
            context_.issues->add(std::move(issue));
        }
        if (bound.year) {
            layer_.by_year[bound.field][*bound.year].emplace_back(reading.text);
        } else {
            layer_.attributes[bound.field].add(reading.text);
        }
    }

    void read_codes(const WholeFile& whole) {
        const auto cell = file_.cell("code");
        std::uint64_t blank = 0;
        for (const RowAt& at : whole.rows) {
            const Batch& batch = whole.batches[at.batch].batch;
            std::string_view code = trimmed(file_.text(batch, cell, at.row));
            blank += code.empty();
            if (code.empty()) code = made_up_.emplace_back("row " + std::to_string(batch.row[at.row]));
            codes_.push_back(code);
        }
        if (blank == 0) return;
        context_.issues->add(
            file_.issue("no-id",
                        grouped(blank) + " of " + grouped(whole.rows.size()) + " rows" +
                            (cell ? " have a blank code" : " have no code: the file has no such column"),
                        "named by their row"));
    }

    void list_troubles(const WholeFile& whole) {
        std::size_t i = 0;
        for (std::size_t b = 0; b < whole.batches.size(); ++b) {
            const LocatedRows& rows = whole.batches[b];
            for (const RowTrouble& trouble : rows.troubles) {
                while (i < whole.rows.size() && (whole.rows[i].batch < b || whole.rows[i].row < trouble.row)) ++i;
                context_.issues->add(issue_of(file_, rows, trouble, codes_[i], true));
            }
            while (i < whole.rows.size() && whole.rows[i].batch == b) ++i;
        }
    }

    void append(const WholeFile& whole, std::size_t i, bool same_row) {
        const LocatedRows& rows = whole.batches[whole.rows[i].batch];
        const std::uint32_t row = whole.rows[i].row;
        if (same_row) {
            ++file_.account.ruled_out;
        } else if (!rows.shapes.has_location(row)) {
            ++file_.account.not_used;
        } else {
            ++file_.account.used;
            layer_.code.add(codes_[i]);
            layer_.name.add(trimmed(file_.text(rows.batch, file_.cell("name"), row)));
            layer_.shapes.add_copy(rows.shapes, row);
            for (Bound& bound : bound_) append_attribute(bound, rows.batch, row);
            if (!rows.shapes.has_surface(row)) {
                Issue issue = file_.issue("area-without-surface", "its geometry is no polygon",
                                          "nothing lies inside it", rows.batch.row[row]);
                issue.id = codes_[i];
                context_.issues->add(std::move(issue));
            }
        }
    }

    const LoadContext& context_;
    const LayerSpec& spec_;
    LayerFile file_;
    std::deque<std::string> made_up_;
    std::vector<std::string_view> codes_;
    std::vector<Bound> bound_;
    AreaLayer layer_;
};

}  // namespace

AreaLayer load_areas(const LoadContext& context, const LayerSpec& spec) { return AreaLoader(context, spec).load(); }

AreaLayer load_area_file(const LoadContext& context, const FileSpec& file) {
    LayerSpec spec;
    spec.name = "study area";
    spec.kind = LayerKind::areas;
    spec.files = {file};
    spec.line = file.line;
    return load_areas(context, spec);
}

}  // namespace geo
