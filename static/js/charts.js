// Draws charts from the data beside them, in the colours of the page; effect.js adds one. Without script the tables say the same.
function token(name) {
  const probe = document.createElement("i");
  probe.className = `sr ink-${name}`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function palette() {
  const names = ["text", "muted", "line", "surface", "c1", "c2", "c3", "c4", "c5", "c6", "ok-solid", "wait-solid", "late-solid", "grey-solid"];
  return Object.fromEntries(names.map((name) => [name, token(name)]));
}

const axis = (c) => ({
  axisLabel: { color: c.muted }, axisLine: { lineStyle: { color: c.line } }, splitLine: { lineStyle: { color: c.line } }, nameTextStyle: { color: c.muted },
});
const base = (c) => ({
  animation: false, aria: { enabled: true }, textStyle: { fontFamily: "inherit", color: c.text },
  tooltip: { renderMode: "richText", backgroundColor: c.surface, borderColor: c.line, textStyle: { color: c.text } },
  grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
});
const bars = (data, c, colours) => ({
  ...base(c), xAxis: { type: "category", data: data.labels, ...axis(c), axisLabel: { color: c.muted, interval: 0, fontSize: 11 }, axisTick: { show: false } },
  yAxis: { type: "value", show: false }, series: [{ type: "bar", barCategoryGap: "18%", data: data.values.map((value, n) => ({ value, itemStyle: { color: colours[n] ?? c.c1 } })), label: { show: true, position: "top", color: c.text } }],
});

// One dot a handover, spread within its row; what waited longer than the axis is drawn at its end
function strips(data, c) {
  const all = data.dots.flat().map(([minutes]) => minutes).sort((a, b) => a - b);
  const end = Math.max(15, Math.ceil(all[Math.floor(all.length * 0.95)] / 15) * 15);
  const dots = data.dots.flatMap((row, n) => row.map(([minutes, late], at) => ({
    value: [Math.min(minutes, end), n], symbolOffset: [0, ((at * 7) % 11 - 5) * 2], itemStyle: { color: late ? c["late-solid"] : c.c1, opacity: 0.65 },
  })));
  return {
    ...base(c), tooltip: { show: false }, grid: { left: 8, right: 16, top: 10, bottom: 8, containLabel: true },
    xAxis: { type: "value", min: 0, max: end, interval: end / 3, ...axis(c) },
    yAxis: { type: "category", inverse: true, data: data.labels, axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: c.text, width: 104, overflow: "break", fontSize: 11, lineHeight: 13, formatter: (name) => name.replace(/ \(.*\)$/, "") } },
    series: [
      { type: "scatter", data: dots, symbolSize: 6, silent: true },
      { type: "scatter", data: data.middles.map((minutes, n) => [Math.min(minutes, end), n]), symbol: "rect", symbolSize: [3, 28], itemStyle: { color: c.text, opacity: 1 }, silent: true },
    ],
  };
}

// The same name has one colour on both sides; its words stand outside the flow
function flow(data, c) {
  const colours = [c.c1, c.c2, c.c3, c.c4, c.c5, c.c6], names = [...new Set(data.nodes.map((node) => node.name.trim()))];
  const nodes = data.nodes.map((node) => ({ ...node, itemStyle: { color: colours[names.indexOf(node.name.trim()) % 6] },
    label: { position: node.name.endsWith(" ") ? "left" : "right", formatter: ({ name, value }) => `{b|${name.trim()}}\n{n|${value} ${name.endsWith(" ") ? "given" : "received"}}` } }));
  return {
    ...base(c), series: [{ type: "sankey", data: nodes, links: data.links, left: 112, right: 112, top: 12, bottom: 12, nodeGap: 16, nodeWidth: 12, layoutIterations: 32,
      emphasis: { focus: "adjacency" }, lineStyle: { color: "source", opacity: 0.4 }, label: { color: c.muted, fontSize: 11, lineHeight: 15, rich: { b: { color: c.text, fontWeight: 650, fontSize: 12, lineHeight: 15 }, n: { color: c.muted, fontSize: 11, lineHeight: 15 } }, width: 96, overflow: "truncate" } }],
  };
}

const DRAW = {
  pairs: flow, strips,
  ages: (data, c) => bars(data, c, [c["ok-solid"], c["ok-solid"], c["wait-solid"], c["wait-solid"], c["late-solid"], c["late-solid"]]),
  weeks: (data, c) => ({
    ...base(c), legend: { bottom: 0, textStyle: { color: c.muted } }, grid: { ...base(c).grid, bottom: 32 },
    xAxis: { type: "category", data: data.labels, ...axis(c) }, yAxis: { type: "value", min: ({ min }) => Math.max(0, Math.floor(min / 20) * 20 - 20), max: 100, axisLabel: { formatter: "{value}%", color: c.muted }, splitLine: axis(c).splitLine },
    series: [
      { type: "line", name: "This year", endLabel: { show: true, formatter: ({ value }) => `${Math.round(value)}%`, color: c.text, fontWeight: 650, offset: [-38, 16] }, data: data.now, color: c.c1, symbolSize: 7 },
      { type: "line", name: "A year before", data: data.then, color: c.c6, lineStyle: { type: "dashed" }, symbol: "none" },
    ],
  }),
  outcomes: (data, c) => ({
    ...base(c), legend: { bottom: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: c.muted } }, grid: { ...base(c).grid, top: 4, bottom: 56 },
    xAxis: { type: "value", minInterval: 1, ...axis(c) }, yAxis: { type: "category", inverse: true, data: data.labels, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: c.text, width: 100, overflow: "truncate" } },
    series: data.series.map((one, n) => ({ type: "bar", stack: "all", barMaxWidth: 22, name: one.name, data: one.values,
      color: [c["ok-solid"], c["wait-solid"], c.c3, c["late-solid"], c.c5, c["grey-solid"]][n] })).filter((one) => one.data.some(Boolean)),
  }),
};

function behind(name, data, params, root) {
  const query = new URLSearchParams(root.dataset.query);
  const side = (node) => (node.trim() === data.nobody ? data.none : node.trim());
  if (name === "pairs" && params.dataType === "edge") {
    query.set(`from_${data.lens}`, side(params.data.source));
    query.set(`to_${data.lens}`, side(params.data.target));
  } else if (name === "ages") return `/sharing/open/?age=${params.dataIndex}`;
  else if (name === "outcomes") {
    query.set("outcome", data.series.find((one) => one.name === params.seriesName).key);
    if (data.services[params.dataIndex]) query.set("service", data.services[params.dataIndex]);
  } else return "";
  return `/sharing/handovers/?${query}`;
}

function draw(root) {
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const colours = palette();
  for (const place of document.querySelectorAll("[data-chart]")) {
    const name = place.dataset.chart;
    if (!data[name]) continue;
    const isEmpty = !(data[name].links ?? data[name].labels)?.length;
    if (isEmpty) continue;
    place.hidden = false;
    const chart = echarts.getInstanceByDom(place) ?? echarts.init(place, null, { renderer: "svg" });
    chart.setOption((DRAW[name] ?? globalThis.moreCharts[name])(data[name], colours, { axis, base }), true);
    chart.off("click");
    chart.on("click", (params) => { const url = behind(name, data[name], params, root); if (url) location.assign(url); });
    const table = place.parentElement.querySelector(".tbl-behind");
    if (table && !place.dataset.drawn) table.open = name === "pairs" && matchMedia("(max-width: 640px)").matches;
    place.dataset.drawn = "yes";
  }
}

function drawAll() {
  const root = document.querySelector("[data-charts]");
  if (root && window.echarts) draw(root);
}

addEventListener("load", drawAll);
addEventListener("resize", () => { for (const place of document.querySelectorAll("[data-drawn]")) echarts.getInstanceByDom(place)?.resize(); });
document.addEventListener("htmx:after:swap", drawAll);
document.addEventListener("baton:theme", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
