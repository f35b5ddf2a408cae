// SPDX-License-Identifier: Apache-2.0
//
// Studies of two boroughs from open data.
#pragma once

#include <filesystem>
#include <string>

namespace cordon_test {

/// `data`: the folder of open data (shared_data.h). Takeaways of two dates as outlets and those of the latter as proposals, schools, parks, town centres, wards, small areas with residents and deprivation, of one
/// borough; the policy is Waltham Forest's, from the catalogue.
inline std::string borough_study(const std::filesystem::path& data, const std::string& borough,
                                 const std::string& schools) {
    const auto file = [&](const char* name) { return "file = \"" + (data / name).string() + "\""; };
    const std::string takeaways =
        "where = { LocalAuthorityName = [\"" + borough + "\"], BusinessTypeID = [\"7844\"] }\n";
    const std::string open = "licence = \"Open Government Licence v3.0\"\n";
    return "[study]\ntitle = \"Takeaways in " + borough +
           "\"\ncrs = \"EPSG:27700\"\nas-at = 2021-08-20\nos-licence = \"AC0000000000\"\npolicies = "
           "[\"waltham-forest-hft-2009\"]\narea = { layer = \"wards\" }\n" +
           "[layers.schools]\nkind = \"places\"\nfile = \"" + (data / "schools" / schools).string() + "\"\n" + open +
           "attribution = \"Contains public sector information licensed under the Open Government Licence v3.0.\"\n"
           "[layers.parks]\nkind = \"places\"\n" +
           file("parks/london_public_parks_os_open_greenspace.gpkg") + "\n" + open +
           "attribution = \"Contains OS data © Crown copyright and database right 2019.\"\n"
           "[layers.town-centres]\nkind = \"areas\"\n" +
           file("town_centres/london_town_centres.geojson") + "\nwhere = { borough = [\"" + borough +
           "\"] }\ncolumns = { code = \"sitename\", name = \"sitename\" }\n" + "[layers.wards]\nkind = \"areas\"\n" +
           file("boundaries/london_ward_pop_2019.zip") + "\nwhere = { DISTRICT = [\"" + borough +
           "\"] }\ncolumns = { code = \"GSS_CODE\", name = \"NAME\" }\npopulation = [{ " +
           file("boundaries/london_ward_pop_2019.zip") +
           ", code = \"GSS_CODE\", value = \"POP2019\", year = 2019 }]\n" + "[layers.lsoas]\nkind = \"areas\"\n" +
           file("boundaries/london_lsoa_2011.shp") + "\npopulation = [{ " +
           file("population/england_wales_lsoa11_mid2019.csv") + ", year = 2019 }]\ndeprivation = { " +
           file("imd/imd2019_england_lsoa11.csv") + " }\n" +
           "[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\n" + takeaways + "snapshots = [\n{ " +
           file("fhrs/fhrs_london_2020-07-21.csv.gz") + ", date = 2020-07-21 },\n{ " +
           file("fhrs/fhrs_london_2021-08.csv.gz") + ", date = 2021-08-20 },\n]\n" + open +
           "attribution = \"Contains Food Standards Agency data, licensed under the Open Government Licence v3.0.\"\n"
           "[layers.asked]\nkind = \"proposals\"\n" +
           file("fhrs/fhrs_london_2021-08.csv.gz") + "\n" + takeaways;
}

}  // namespace cordon_test
