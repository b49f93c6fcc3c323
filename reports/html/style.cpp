#include "reports/html/sections.hpp"

namespace muster::reports {
namespace {

// Colours in pairs for light and dark; the outcomes' hues differ in lightness too, and carry patterns.
constexpr std::string_view sheet = R"css(
:root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#18212d;--soft:#566173;--line:#dde2e9;--hair:#e9edf2;
--accent:#1f5f99;--good:#1a7f55;--good-wash:#e6f4ed;--bad:#b42318;--bad-wash:#fcebe9;--head:#16263a;--head-ink:#f3f6fa;
--head-soft:#a9b8ca;--ok:#7fb5a6;--slow:#e3b341;--c4xx:#aab4c1;--c5xx:#c8433a;--c503:#e8833a;--reset:#8f55a8;
--timeout:#4a4e9e;--p95:#1f5f99;--twin:#7d8896;--users:#c8433a;--ready:#7fb5a6;--s0:#b42318;--s1:#a85a0f;--s2:#7d610a;
--s3:#3d6a99;--s-ink:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#0f151d;--card:#172029;--ink:#e6ebf2;--soft:#9aa7b8;--line:#2b3745;
--hair:#222d39;--accent:#7db8ec;--good:#5cc494;--good-wash:#14302a;--bad:#f2877c;--bad-wash:#3a1d1e;--head:#0a0f15;
--head-ink:#eef3f9;--head-soft:#8fa0b5;--ok:#3f7f70;--slow:#c79a33;--c4xx:#6c7887;--c5xx:#d65a50;--c503:#d9803f;
--reset:#a877bf;--timeout:#7d82d6;--p95:#7db8ec;--twin:#7f8b9b;--users:#d65a50;--ready:#3f7f70;--s0:#c9453b;
--s1:#a85a14;--s2:#86690f;--s3:#44709c}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:3.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,"Liberation Sans",sans-serif;-webkit-text-size-adjust:100%}
.inner{max-width:1080px;margin:0 auto;padding:0 1.25rem}
h1,h2,h3,p,dl,dd,ul,ol,figure{margin:0;padding:0}
h2{font-size:1.35rem;line-height:1.25;letter-spacing:-.01em;margin:3rem 0 1rem}
h3{font-size:1.02rem;line-height:1.35;margin:1.5rem 0 .6rem}
a{color:var(--accent)}
a:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:9}
.patterns{position:absolute;width:0;height:0}
.masthead{background:var(--head);color:var(--head-ink);padding:2.2rem 0 1.8rem}
.eyebrow{color:var(--head-soft);font-size:.8rem;letter-spacing:.12em;text-transform:uppercase}
h1{font-size:clamp(1.7rem,5vw,2.6rem);line-height:1.15;letter-spacing:-.02em;margin:.2rem 0 1.2rem;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:.8rem 2.2rem}
.facts dt{color:var(--head-soft);font-size:.78rem}.facts dd{overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
nav{background:var(--card);border-bottom:1px solid var(--line);position:sticky;top:0;z-index:5}
nav .inner{display:flex;gap:1.4rem;overflow-x:auto;scrollbar-width:none;white-space:nowrap}
nav a{padding:.75rem 0;font-size:.9rem;color:var(--soft);text-decoration:none}
nav a:hover{color:var(--accent);text-decoration:underline}
.hero{display:grid;grid-template-columns:repeat(3,1fr);gap:1rem}
.card,.task,figure,.gates li,.stretches div{background:var(--card);border:1px solid var(--line);border-radius:10px}
.card{padding:1.2rem 1.25rem}
.verdict{display:flex;gap:.9rem;align-items:flex-start}
.verdict.is-good{background:var(--good-wash);border-color:var(--good)}
.verdict.is-bad{background:var(--bad-wash);border-color:var(--bad)}
.verdict p{color:var(--soft);font-size:.92rem;overflow-wrap:anywhere}
.verdict .verdict-word{font-size:1.3rem;font-weight:700;line-height:1.2;color:var(--ink);margin-bottom:.3rem}
.sign{flex:none;width:1.7rem;height:1.7rem;border-radius:50%;display:inline-grid;place-items:center;font-weight:700;
color:var(--card);font-size:.95rem}
.sign.good{background:var(--good)}.sign.bad{background:var(--bad);border-radius:5px}
.total b{font-size:2.3rem;line-height:1;letter-spacing:-.03em}.total span{color:var(--soft);font-size:.9rem}
.bars{list-style:none;margin-top:.9rem}
.bars li{display:grid;grid-template-columns:5.2rem 1fr 2.6rem;gap:.6rem;align-items:center;font-size:.88rem}
.bar{height:8px;border-radius:4px;background:var(--hair);overflow:hidden}
.bar span{display:block;height:100%;background:var(--accent)}
.bar-points{text-align:right;font-variant-numeric:tabular-nums}
.gates{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:.7rem}
.gates li{display:flex;gap:.8rem;padding:.8rem 1rem}
.gates strong::first-letter{text-transform:uppercase}
.gates .sign{width:1.35rem;height:1.35rem;font-size:.78rem;margin-top:.1rem}
.state{color:var(--soft);font-size:.88rem}
.why,.note,.meaning{color:var(--soft);font-size:.92rem;overflow-wrap:anywhere}
.note{margin-top:.8rem}
.stretches{display:grid;grid-template-columns:repeat(auto-fit,minmax(135px,1fr));gap:.7rem;margin-bottom:1.2rem}
.stretches div{padding:.75rem .9rem;display:flex;flex-direction:column;justify-content:space-between}
.stretches dt{font-size:.95rem}.stretches b{text-transform:capitalize}
.stretches small{display:block;font-weight:400;color:var(--soft);font-size:.76rem;line-height:1.35}
.stretches .soft{display:block;font-weight:400;font-size:.78rem}
.stretches dd{font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums;margin-top:.4rem}
.stretches dd.absent{font-size:.92rem;font-weight:400}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{padding:.5rem .85rem;text-align:left;vertical-align:top;border-top:1px solid var(--hair)}
thead th{border-top:0;color:var(--soft);font-size:.8rem;font-weight:600;white-space:nowrap}
tbody th{font-weight:400}th b{display:block;font-weight:500}th b::first-letter{text-transform:uppercase}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.absent,.absent td{color:var(--soft)}
.group th{background:var(--paper);color:var(--soft);font-size:.8rem;text-transform:capitalize}
.chip,.tag,.ref{display:inline-block;border-radius:5px;font-size:.8rem;line-height:1.5;padding:0 .42rem;
font-variant-numeric:tabular-nums;border:1px solid var(--line);background:var(--paper)}
.chip{min-width:2.1rem;text-align:center}
.tag.is-bad{border-color:var(--bad);color:var(--bad)}.tag.is-people{border-color:var(--accent);color:var(--accent)}
.tag.is-milestone{background:var(--ink);border-color:var(--ink);color:var(--card)}
.said{overflow-wrap:anywhere;min-width:11rem}
.timeline tr:target td{background:var(--good-wash);box-shadow:inset 0 2px var(--accent),inset 0 -2px var(--accent)}
.rec{color:var(--soft)}
figure{padding:1rem 1.1rem;margin-bottom:1rem;break-inside:avoid}
figcaption h3{margin:0}figcaption p{color:var(--soft);font-size:.92rem}
figure svg{display:block;width:100%;height:auto;overflow:visible}
.narrow{display:none}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.2rem;font-size:.85rem;color:var(--soft);margin:.4rem 0 1rem}
figure .legend{margin-bottom:0}
.legend li{display:flex;align-items:center;gap:.45rem}
figure svg.swatch,.swatch{display:inline-block;width:22px;height:12px;flex:none}
.tasks{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:1rem}
.task{padding:1rem 1.15rem;break-inside:avoid}.task h3{margin:.5rem 0 .2rem;overflow-wrap:anywhere}
.task-head{display:flex;flex-wrap:wrap;gap:.4rem .7rem;align-items:center;font-size:.86rem}
.group{color:var(--soft);text-transform:capitalize}.points{margin-left:auto;color:var(--soft)}
.points b{color:var(--ink);font-size:1.05rem}
.rating{border-radius:5px;padding:.05rem .5rem;border:1px solid var(--line)}
.rating-P{background:var(--good-wash);border-color:var(--good)}.rating-S{border-color:var(--good);border-style:dashed}
.rating-M{border-color:var(--s1);border-style:dashed}.rating-U{background:var(--bad-wash);border-color:var(--bad)}
.deductions{list-style:none;margin-top:.6rem;border-top:1px solid var(--hair)}
.deductions li{padding:.45rem 0 .1rem;font-size:.92rem;overflow-wrap:anywhere}
.minus{font-weight:600;color:var(--bad);font-variant-numeric:tabular-nums}
.ref{text-decoration:none}
.findings{padding-left:1.4rem}.findings li{margin-bottom:.4rem;overflow-wrap:anywhere}
footer{margin-top:3.5rem;padding:1.8rem 0 2.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.85rem}
.seal div{display:grid;grid-template-columns:14rem 1fr;gap:.2rem 1rem;padding:.15rem 0}
.seal dd{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere;color:var(--ink)}
footer p{margin-top:1rem}
svg text{font-family:inherit;font-size:12px;fill:var(--soft)}
svg .band-text{fill:var(--s-ink);font-size:11px;font-weight:600}svg .mark-text{fill:var(--ink);font-size:11px}
svg .row-name{fill:var(--ink);font-weight:600}svg .goal-text{fill:var(--ink)}
svg .mark-text,svg .row-name,svg .goal-text{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
svg path{fill:none}.grid{stroke:var(--hair)}.axis-line{stroke:var(--soft)}
.mark-fault{stroke:var(--bad);stroke-width:2}.mark-milestone{stroke:var(--ink);stroke-dasharray:4 3}
.mark-page{stroke:var(--accent);stroke-dasharray:1 3;stroke-width:1.5}svg .page-sign{fill:var(--accent)}
svg .fill-ok{fill:var(--ok)}svg .fill-slow{fill:url(#p-slow)}svg .fill-4xx{fill:var(--c4xx)}svg .fill-5xx{fill:var(--c5xx)}
svg .fill-503{fill:url(#p-503)}svg .fill-reset{fill:url(#p-reset)}svg .fill-timeout{fill:url(#p-timeout)}
svg .fill-users{fill:var(--users)}svg .fill-ready{fill:var(--ready);fill-opacity:.55}
.line-p95{stroke:var(--p95);stroke-width:2;stroke-linejoin:round}
.line-twin{stroke:var(--twin);stroke-width:2;stroke-dasharray:2 3}.line-goal{stroke:var(--bad);stroke-dasharray:8 4}
.line-ready{stroke:var(--good);stroke-width:2}.line-wanted{stroke:var(--ink);stroke-dasharray:5 4;stroke-width:1.5}
.severity-0{--sv:var(--s0)}.severity-1{--sv:var(--s1)}.severity-2{--sv:var(--s2)}.severity-3{--sv:var(--s3)}
svg .band{fill:var(--sv)}svg .wash{fill:var(--sv);fill-opacity:.07}
.chip.severity-0,.chip.severity-1,.chip.severity-2,.chip.severity-3{background:var(--sv);color:var(--s-ink);border-color:var(--sv)}
@media (max-width:700px){.inner{padding:0 1rem}.hero{grid-template-columns:1fr}.wide{display:none}.narrow{display:block}
figure{padding:.8rem .7rem}.utc{display:none}th,td{padding:.45rem .55rem}.seal div{grid-template-columns:1fr}
.stretches{grid-template-columns:1fr 1fr}.gates{grid-template-columns:1fr}h2{margin-top:2.2rem}}
@media print{:root{--paper:#fff}body{font-size:11pt}nav,.skip{display:none}.masthead{background:none;color:#000;padding:0}
.masthead dt,.eyebrow{color:#444}.scroll{overflow:visible}h2{break-after:avoid}tr{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
)css";

constexpr std::string_view patterns = R"svg(<svg class="patterns" aria-hidden="true"><defs>
<pattern id="p-slow" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" style="fill:var(--slow)"/>
<path d="M0 2.5L5 2.5" style="stroke:var(--card);stroke-opacity:.55"/></pattern>
<pattern id="p-503" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7"
 style="fill:var(--c503)"/><path d="M0 0L0 7" style="stroke:var(--card);stroke-width:3;stroke-opacity:.45"/></pattern>
<pattern id="p-reset" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" style="fill:var(--reset)"/>
<circle cx="3" cy="3" r="1.2" style="fill:var(--card);fill-opacity:.7"/></pattern>
<pattern id="p-timeout" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6"
 height="6" style="fill:var(--timeout)"/><path d="M0 0L0 6M0 0L6 0" style="stroke:var(--card);stroke-opacity:.5"/></pattern>
</defs></svg>
)svg";

}  // namespace

std::string_view style_sheet() {
  return sheet;
}
std::string_view pattern_definitions() {
  return patterns;
}

}  // namespace muster::reports
