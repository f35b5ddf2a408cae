// SPDX-License-Identifier: Apache-2.0
//
// The one style of our pages, for screen and for A4 paper. Private to html.cpp.
#pragma once

#include <string_view>

namespace geo {

// Contrast of every pair of colours is 4.5 to 1 or more on white and on the tints. Results are told apart by their word too, never by colour alone; the
// colours are those of the map layers (styles.cpp), darkened for text.
inline constexpr std::string_view kHtmlStyle = R"css(
:root{color-scheme:light;--ink:#1b1b1f;--soft:#52525b;--line:#c9c9d1;--tint:#f4f4f6;--link:#0b4f9c}
*{box-sizing:border-box}
html{font:16px/1.5 "Helvetica Neue",Arial,"Liberation Sans","DejaVu Sans",sans-serif;color:var(--ink);background:#fff}
body{margin:0}
main,header,footer{max-width:54rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.2rem;line-height:1.3;margin:1.75rem 0 .5rem;padding-bottom:.2rem;border-bottom:2px solid var(--ink)}
h3{font-size:1.02rem;line-height:1.35;margin:1.1rem 0 .35rem}
h4{font-size:.95rem;margin:.9rem 0 .3rem}
p{margin:.5rem 0}
p,li,dd,td,tbody th,h1,h2,h3,figcaption{overflow-wrap:anywhere}
td,tbody th{min-width:4.5em}
.n{min-width:0}
.under{color:var(--soft);margin:0}
a{color:var(--link)}
a:focus-visible,.wide:focus-visible{outline:3px solid #b45309;outline-offset:2px}
ul,ol{margin:.5rem 0;padding-left:1.4rem}
li{margin:.2rem 0}
dl{display:grid;grid-template-columns:minmax(8.5rem,max-content) 1fr;gap:.2rem 1rem;margin:.5rem 0}
dl.two{grid-template-columns:max-content 1fr max-content 1fr}
dt{color:var(--soft)}
dd{margin:0}
.wide{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.35}
caption{text-align:left;font-weight:700;padding:.2rem 0 .3rem}
th,td{text-align:left;vertical-align:top;padding:.28rem .5rem;border-bottom:1px solid var(--line)}
thead th{overflow-wrap:break-word}
tbody th{overflow-wrap:break-word;max-width:16rem}
thead th{border-bottom:2px solid var(--soft);background:var(--tint)}
tbody th{font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}
.small table{font-size:.8rem}
.small td,.small tbody th{min-width:8em}
.small .n{min-width:0}
.under-table{font-size:.85rem;color:var(--soft);margin:.2rem 0 .8rem}
figure{margin:.8rem 0}
figure img{max-width:100%;height:auto;display:block}
figcaption{font-size:.88rem;color:var(--soft);margin-top:.3rem}
blockquote{margin:.5rem 0;padding:.4rem .9rem;border-left:4px solid var(--line);background:var(--tint)}
blockquote p{margin:.2rem 0}
blockquote footer{max-width:none;padding:0;color:var(--soft);font-size:.88rem}
.note{border-left:4px solid var(--soft);background:var(--tint);padding:.5rem .9rem}
.warning{border-left:4px solid #9a3412;background:#fff7ed;padding:.5rem .9rem}
.verdict{border:1px solid var(--line);border-left-width:10px;padding:.6rem 1rem;margin:1rem 0;background:#fff}
.verdict p{margin:.15rem 0}
.verdict .word{font-size:1.15rem;font-weight:700}
.result{font-weight:700;white-space:nowrap}
.r-breach{color:#b2182b}.r-borderline{color:#9a3412}.r-unknown{color:#762a83}.r-exempt{color:#1d5f8a}.r-clear{color:#2166ac}.r-triggered{color:#1b7837}.r-not-applicable{color:var(--soft)}
.verdict.r-breach,.verdict.r-borderline,.verdict.r-unknown,.verdict.r-exempt,.verdict.r-clear,.verdict.r-triggered,.verdict.r-not-applicable{border-left-color:currentColor}
.verdict .says{color:var(--ink)}
.paste{border:1px dashed var(--soft);padding:.4rem 1rem;background:#fff}
code{font:.82em/1.4 "DejaVu Sans Mono","Liberation Mono",Consolas,monospace;overflow-wrap:anywhere}
footer.page{color:var(--soft);font-size:.85rem;padding-top:1.5rem;padding-bottom:2rem}
@media (max-width:40rem){dl,dl.two{grid-template-columns:1fr}dd{margin:0 0 .4rem}h1{font-size:1.4rem}}
@media print{
html{font-size:9pt;line-height:1.34}
h1{font-size:1.55rem}
.verdict{margin:.6rem 0;padding:.4rem .9rem}
figure{margin:.5rem 0}
figcaption,.under-table{font-size:.82rem}
main,header,footer{max-width:none;padding:0}
header{padding-top:0}
h2{margin:.9rem 0 .35rem}
h2,h3,h4,caption{break-after:avoid}
tr,figure,blockquote,.verdict,.note,.warning,li,dt,dd{break-inside:avoid}
thead{display:table-header-group}
tbody tr:first-child{break-before:avoid}
.wide{overflow:visible}
table{font-size:7.9pt}
.small table{font-size:6.8pt}
.small th,.small td{padding:.1rem .3rem}
th,td{padding:.2rem .35rem}
.new-page{break-before:page}
a{color:inherit;text-decoration:none}
.paste p{orphans:3;widows:3}
footer.page{display:none}
}
)css";

}  // namespace geo
