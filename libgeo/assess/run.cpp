// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/pipeline.h"
#include "libgeo/base/threads.h"

namespace geo {
namespace {

/// A batch on its way through the pipeline.
struct Parcel {
    std::unique_ptr<ProposalReader::Raw> raw;
    ProposalBatch batch;
    Assessed assessed;
    std::vector<std::string> bytes;  // by sink
};

void count(Tally& tally, const ProposalBatch& batch, const Assessed& assessed) {
    tally.sites += batch.size();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.site_of[row] != row) continue;
        const Verdict& verdict = assessed.verdicts[row];
        ++tally.proposals;
        ++tally.by_result[static_cast<std::size_t>(verdict.result)];
        tally.triggered += verdict.triggered ? 1 : 0;
    }
    for (std::size_t k = 0; k < assessed.findings.size(); ++k)
        for (const Finding& finding : assessed.findings[k]) {
            ++tally.by_slot[k][static_cast<std::size_t>(finding.result)];
            tally.plain_by_slot[k] += finding.plain ? 1 : 0;
            tally.on_the_tie += has(finding.notes, Note::on_the_tie) ? 1 : 0;
        }
}

bool any_plain(const Assessed& assessed, std::size_t row) {
    return std::any_of(assessed.findings.begin(), assessed.findings.end(),
                       [row](const std::vector<Finding>& column) { return column[row].plain; });
}

}  // namespace

Tally run(ProposalReader& proposals, const Assessment& assessment, std::span<Sink* const> sinks, Issues& issues,
          const std::function<void(std::uint64_t, double)>& progress) {
    const ThreadLimit limit(assessment.options().threads);
    Tally tally;
    tally.by_slot.resize(assessment.slots().size());
    tally.plain_by_slot.resize(assessment.slots().size());

    const auto read = [&](Parcel& parcel) { return (parcel.raw = proposals.next()) != nullptr; };
    const auto assess = [&](Parcel& parcel) {
        parcel.batch = proposals.decode(std::move(parcel.raw));
        parcel.assessed = assessment.assess(parcel.batch);
        for (const Sink* sink : sinks) parcel.bytes.push_back(sink->format(parcel.batch, parcel.assessed));
    };
    const auto take = [&](Parcel& parcel) {
        count(tally, parcel.batch, parcel.assessed);
        for (std::size_t row = 0; row < parcel.batch.size(); ++row)
            tally.plain_breaches += any_plain(parcel.assessed, row) ? 1 : 0;
        for (Issue& issue : parcel.batch.issues) issues.add(std::move(issue));
        for (std::size_t s = 0; s < sinks.size(); ++s)
            sinks[s]->take(parcel.batch, parcel.assessed, std::move(parcel.bytes[s]));
        if (progress) progress(tally.sites, proposals.progress());
    };
    pipeline<Parcel>(threads_meant(assessment.options().threads) + 2, read, assess, take);
    return tally;
}

}  // namespace geo
