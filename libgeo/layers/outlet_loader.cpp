// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/layers/row_uses.h"
#include "libgeo/layers/row_words.h"
#include "libgeo/layers/rows_of_file.h"

namespace geo {
namespace {

/// An address in one column, or in several, as presets know them.
const std::array<std::string, 4> kAddressLines = {"address", "address-2", "address-3", "address-4"};

/// How far rounding may move a coordinate, in metres: half a unit of the last decimal that the file writes.
double rounding_of(const LayerFile& file, const WholeFile& whole) {
    constexpr double kMetresADegree = 111'320.0;
    const auto x = file.cell("x"), y = file.cell("y");
    if (file.located != LocatedBy::x_y || !x || !y) return 0.0;
    unsigned decimals = 0;
    for (const RowAt& at : whole.rows) {
        const Batch& batch = whole.batches[at.batch].batch;
        decimals = std::max({decimals, decimals_of(batch.cells[*x][at.row]), decimals_of(batch.cells[*y][at.row])});
    }
    return 0.5 * std::pow(10.0, -static_cast<double>(decimals)) * (file.crs->is_geographic() ? kMetresADegree : 1.0);
}

/// One file of an outlets layer: a table with dates, or a snapshot.
class OutletFile : RowsOfFile {
  public:
    OutletFile(const LoadContext& context, const LayerSpec& spec, const FileSpec& file_spec, std::int32_t snapshot,
               OutletLayer& layer)
        : RowsOfFile(context, request(context, spec, file_spec), false),
          spec_(spec),
          snapshot_(snapshot),
          layer_(layer),
          uses_(spec, file_.by_preset["use"] ? file_.preset : nullptr) {}

    void load() {
        note_blank_ids(read_ids());
        settle_dates();
        const std::vector<std::uint8_t> same_row = same_rows(*context_.issues);
        list_troubles_kept(same_row);
        for (std::size_t i = 0; i < size(); ++i) {
            if (same_row[i]) {
                ++file_.account.ruled_out;
            } else {
                append(i);
            }
        }
        note_unknown_uses();
        finish();
    }

  private:
    static FileRequest request(const LoadContext& context, const LayerSpec& spec, const FileSpec& file_spec) {
        FileRequest request = request_of(context, spec, file_spec);
        request.words = {"id", "name", "use", "opened", "closed", "description", "uprn", "postcode", "authority"};
        request.words.insert(request.words.end(), kAddressLines.begin(), kAddressLines.end());
        return request;
    }

    std::optional<Date> read_date(std::size_t i, const char* name, bool& unclear) {
        const auto reading = dates_.read(text(i, name));
        if (reading.unreadable) {
            unclear = true;
            add_issue(i, "bad-date",
                      printable(file_.column_of(name)) + " is \"" + printable(text(i, name)) + "\", which is no date",
                      "open on no day");
        }
        return reading.date;
    }

    void append(std::size_t i) {
        const LocatedRows& rows = whole_.batches[whole_.rows[i].batch];
        ++file_.account.used;
        bool unclear = false;
        const Date opened = read_date(i, "opened", unclear).value_or(kBeforeRecords);
        const Date closed = read_date(i, "closed", unclear).value_or(kNotEnded);
        if (closed < opened) {
            unclear = true;
            add_issue(i, "closed-before-opened",
                      "it closed (" + format_date(closed) + ") before it opened (" + format_date(opened) + ")",
                      "open on no day");
        }
        layer_.id.add(ids_[i]);
        layer_.name.add(trimmed(text(i, "name")));
        layer_.uprn.add(read_uprn(i));
        layer_.postcode.add(trimmed(text(i, "postcode")));
        layer_.address.add(read_address(i));
        layer_.authority.add(trimmed(text(i, "authority")));
        layer_.has_id.push_back(!trimmed(text(i, "id")).empty());
        layer_.row.push_back(static_cast<std::uint32_t>(line(i)));
        layer_.shapes.add_copy(rows.shapes, whole_.rows[i].row);
        layer_.opened.push_back(opened);
        layer_.closed.push_back(closed);
        layer_.unclear.push_back(unclear);
        layer_.snapshot.push_back(snapshot_);
        append_use(i, opened);
    }

    /// The lines of the address that say something, joined.
    std::string read_address(std::size_t i) const {
        std::string address;
        for (const std::string& line_of_it : kAddressLines) {
            const std::string_view part = trimmed(text(i, line_of_it.c_str()));
            if (!part.empty()) address.append(address.empty() ? "" : ", ").append(part);
        }
        return address;
    }

    std::string_view read_uprn(std::size_t i) {
        const auto uprn = uprn_from(text(i, "uprn"));
        if (!uprn) {
            add_issue(
                i, "bad-uprn",
                printable(file_.column_of("uprn")) + " is \"" + printable(text(i, "uprn"), 60) + "\", which is no UPRN",
                "taken as not known");
        }
        return uprn.value_or(std::string_view());
    }

    /// The use column, else the description's words, else the layer's use.
    void append_use(std::size_t i, Date opened) {
        const Date on = file_.spec->date           ? *file_.spec->date
                        : opened != kBeforeRecords ? opened
                                                   : context_.study->as_at.value_or(today());
        UseReader::Reading reading = uses_.read(text(i, "use"), on);
        if (!reading.known) unknown_uses_[std::string(trimmed(text(i, "use")))].push_back(line(i));
        if (reading.use == Use::unstated && file_.cell("description")) {
            reading.use = UseKeywords::built_in().read(text(i, "description")).use;
            if (reading.use != Use::unstated) reading.all = use_bit(reading.use);
        }
        if (reading.use == Use::unstated && spec_.use && reading.known) {
            reading.use = *spec_.use;
            reading.all = use_bit(*spec_.use);
        }
        layer_.use.push_back(reading.use);
        layer_.uses.push_back(reading.all);
    }

    /// Once for each value, in the order of the alphabet.
    void note_unknown_uses() {
        for (const auto& [value, lines] : unknown_uses_) {
            context_.issues->add(file_.issue("unknown-use",
                                             printable(file_.column_of("use")) + " is \"" + printable(value) +
                                                 "\", which is no use that is known (" + lines_words(file_, lines) +
                                                 ")",
                                             "their use is not stated; map the value with `uses`", lines.front()));
        }
    }

    void finish() {
        FileRecord record = file_record(file_, &spec_);
        record.sha256 = hash_of_source(file_, &record.bytes);
        const LayerFacts facts = facts_of(spec_, file_);
        const double rounding = rounding_of(file_, whole_);
        const double accuracy = facts.accuracy_stated ? facts.accuracy.value + record.operation_loss_m + rounding : 0.0;
        layer_.snapshot_accuracy.push_back(Metres{accuracy});
        layer_.snapshot_covers.push_back(file_.spec->covers);
        if (layer_.facts.files.empty()) layer_.facts = facts;
        layer_.facts.operation.loss_m = std::max(layer_.facts.operation.loss_m, record.operation_loss_m);
        layer_.facts.files.push_back(std::move(record));
        context_.issues->accounts().push_back(file_.account);
    }

    const LayerSpec& spec_;
    std::int32_t snapshot_;
    OutletLayer& layer_;
    UseReader uses_;
    std::map<std::string, std::vector<std::int64_t>> unknown_uses_;
};

}  // namespace

OutletLayer load_outlets(const LoadContext& context, const LayerSpec& spec) {
    OutletLayer layer;
    for (std::size_t i = 0; i < spec.files.size(); ++i) {
        OutletFile(context, spec, spec.files[i], spec.snapshots ? static_cast<std::int32_t>(i) : -1, layer).load();
        if (spec.snapshots) layer.snapshot_dates.push_back(*spec.files[i].date);
    }
    return layer;
}

}  // namespace geo
