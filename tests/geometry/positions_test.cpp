// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/positions.h"

#include <doctest/doctest.h>
#include <fmt/core.h>
#include <rapidcheck.h>

#include <string>

using geo::At;
using geo::normal_postcode;
using geo::parse_at;
using geo::parse_grid_reference;

namespace {
/// The reference's point and half square as text, or `none`.
std::string read(std::string_view text) {
    const auto reference = parse_grid_reference(text);
    return reference ? fmt::format("{} {} ±{}", reference->point.x, reference->point.y, reference->half_square_m)
                     : "none";
}
}  // namespace

TEST_CASE("a grid reference is the middle of the square it names") {
    CHECK(read("TQ 30123 75456") == "530123.5 175456.5 ±0.5");
    CHECK(read("TQ3012375456") == "530123.5 175456.5 ±0.5");
    CHECK(read("tq 30123 75456") == "530123.5 175456.5 ±0.5");
    CHECK(read("  TQ  30123   75456 ") == "530123.5 175456.5 ±0.5");
    CHECK(read("TQ3012 7545") == "530125 175455 ±5");
    CHECK(read("TQ 301 754") == "530150 175450 ±50");
    CHECK(read("TQ301754") == "530150 175450 ±50");
    CHECK(read("TQ 30 75") == "530500 175500 ±500");
    CHECK(read("TQ37") == "535000 175000 ±5000");
}

TEST_CASE("the letters run from SV in the south-west to JM in the north-east, without I") {
    CHECK(read("SV 00000 00000") == "0.5 0.5 ±0.5");
    CHECK(read("SW 00000 00000") == "100000.5 0.5 ±0.5");
    CHECK(read("TV 00000 00000") == "500000.5 0.5 ±0.5");
    CHECK(read("NA 00000 00000") == "0.5 900000.5 ±0.5");
    CHECK(read("HU 39000 75000") == "439000.5 1175000.5 ±0.5");
    CHECK(read("SP 00000 00000") == "400000.5 200000.5 ±0.5");
    CHECK(read("NJ 00000 00000") == "300000.5 800000.5 ±0.5");
    CHECK(read("JM 99999 99999") == "699999.5 1299999.5 ±0.5");
    for (const char* outside :
         {"SI 00000 00000", "IA 00000 00000", "AA 00000 00000", "RV 00000 00000", "XV 00000 00000", "OP 00000 00000",
          "JN 00000 00000", "HA 00000 00000", "ZZ 00000 00000"}) {
        CHECK(read(outside) == "none");
    }
}

TEST_CASE("half a reference is none") {
    for (const char* text : {"TQ 3012 75456", "TQ 301237545", "TQ 3", "TQ", "", "T", "TQ 30123 75456 1",
                             "TQ 301 23 754 56", "TQ 301234 754567", "TQ30A", "TQ -3012 7545", "TQ 30.12 75.45",
                             "TQ 30123,75456", "530123 175456", "T Q 3012 7545"}) {
        CHECK(read(text) == "none");
    }
}

TEST_CASE("every square metre of the grid is named by the reference of its corner") {
    CHECK(rc::check([] {
        const int easting = *rc::gen::inRange(0, 700'000), northing = *rc::gen::inRange(0, 1'300'000);
        // Written the other way round: from the letters' table, not from the formula.
        static const char* const rows[13] = {"SVSWSXSYSZTVTW", "SQSRSSSTSUTQTR", "SLSMSNSOSPTLTM", "SFSGSHSJSKTFTG",
                                             "SASBSCSDSETATB", "NVNWNXNYNZOVOW", "NQNRNSNTNUOQOR", "NLNMNNNONPOLOM",
                                             "NFNGNHNJNKOFOG", "NANBNCNDNEOAOB", "HVHWHXHYHZJVJW", "HQHRHSHTHUJQJR",
                                             "HLHMHNHOHPJLJM"};
        const std::string letters =
            std::string(rows[northing / 100'000]).substr(2U * static_cast<std::size_t>(easting / 100'000), 2);
        const auto got =
            parse_grid_reference(fmt::format("{}{:05}{:05}", letters, easting % 100'000, northing % 100'000));
        RC_ASSERT(got.has_value());
        RC_ASSERT(got->point == (geo::Point{easting + 0.5, northing + 0.5}));
    }));
}

TEST_CASE("what --at was given is told apart") {
    const auto projected = parse_at("530123,175456");
    REQUIRE(projected);
    CHECK(projected->kind == At::Kind::projected);
    CHECK(projected->point == geo::Point{530123, 175456});

    const auto degrees = parse_at(" 51.4613, -0.1156 ");
    REQUIRE(degrees);
    CHECK(degrees->kind == At::Kind::latitude_longitude);
    CHECK(degrees->point == geo::Point{-0.1156, 51.4613});  // longitude first inside

    const auto reference = parse_at("TQ 301 754");
    REQUIRE(reference);
    CHECK(reference->kind == At::Kind::grid_reference);
    CHECK(reference->point == geo::Point{530150, 175450});
    CHECK(reference->half_square_m == 50.0);

    const auto postcode = parse_at("sw21rw");
    REQUIRE(postcode);
    CHECK(postcode->kind == At::Kind::postcode);
    CHECK(postcode->code == "SW2 1RW");

    const auto uprn = parse_at("UPRN: 100023336956");
    REQUIRE(uprn);
    CHECK(uprn->kind == At::Kind::uprn);
    CHECK(uprn->code == "100023336956");
}

TEST_CASE("degrees and metres are not mixed up") {
    CHECK(parse_at("430000.5,300000.25")->kind == At::Kind::projected);
    CHECK(parse_at("90.0,180.0")->kind == At::Kind::latitude_longitude);
    CHECK(parse_at("90.5,180.0")->kind == At::Kind::projected);  // no latitude
    CHECK(parse_at("50,100")->kind == At::Kind::projected);      // whole metres
    CHECK_FALSE(parse_at("51,-0.1156"));                         // may be either
    CHECK_FALSE(parse_at("51.4613,0"));
}

TEST_CASE("anything else is nothing") {
    for (const char* text :
         {"", " ", ",", "1,2,3", "530123", "530123 175456", "nan,1.0", "inf,inf", "0x1,0x2", "51.46N,0.11W",
          "uprn:", "uprn:12a", "uprn:1234567890123", "uprn:-1", "SW2", "TQ", "here", "1e400,1"}) {
        CHECK_FALSE(parse_at(text).has_value());
    }
}

TEST_CASE("postcodes in all their forms, in capitals with one blank") {
    CHECK(normal_postcode("M1 1AE") == "M1 1AE");
    CHECK(normal_postcode("m601nw") == "M60 1NW");
    CHECK(normal_postcode("CR26XH") == "CR2 6XH");
    CHECK(normal_postcode("dn55  1pt") == "DN55 1PT");
    CHECK(normal_postcode(" w1a 1hq ") == "W1A 1HQ");
    CHECK(normal_postcode("EC1A1BB") == "EC1A 1BB");
    CHECK(normal_postcode("gir 0aa") == "GIR 0AA");
    CHECK(normal_postcode("EN5 1\xC2\xA0"
                          "AA") == std::nullopt);
    for (const char* text :
         {"", "SW2", "SW2 1R", "SW2 1RWX", "S W2 1RW", "SW2 1 RW", "QW2 1RW", "SI2 1RW", "SW2 1RC", "SW2Z 1RW",
          "S2I 1RW", "SW200 1RW", "2SW 1RW", "SWX 1RW", "GIR 1AA", "SW2-1RW", "AA 1AA"}) {
        CHECK_FALSE(normal_postcode(text).has_value());
    }
}
