// The chart “did it work?” for charts.js: a point in the middle of each week, the target, and the time since the change.
globalThis.moreCharts = {
  effect: (data, c, { axis, base }) => ({
    ...base(c), grid: { ...base(c).grid, right: 24, top: 28 },
    tooltip: { ...base(c).tooltip, formatter: ({ dataIndex, value }) => `Week from ${data.labels[dataIndex]}: ${value[1]}${data.unit}` },
    xAxis: { type: "value", min: 0, max: data.values.length, interval: Math.ceil(data.values.length / 5), ...axis(c), splitLine: { show: false },
      axisLabel: { color: c.muted, formatter: (week) => data.labels[week] ?? "" } },
    yAxis: { type: "value", min: data.low, max: data.high, axisLine: { show: false }, splitLine: axis(c).splitLine,
      axisLabel: { formatter: `{value}${data.unit}`, color: c.muted } },
    series: [{ type: "line", data: data.values.map((value, week) => [week + 0.5, value]), color: c.c1, symbol: "circle", symbolSize: 9, lineStyle: { width: 3 },
      endLabel: { show: true, formatter: data.last, color: c.text, fontWeight: 650, offset: [-18, 18] },
      markLine: { silent: true, symbol: "none", data: [
        { yAxis: data.target, lineStyle: { color: c["wait-solid"], type: "dotted", width: 2 },
          label: { position: "insideStartTop", formatter: data.aim, color: c.muted } },
        ...(data.turn === null ? [] : [{ xAxis: data.turn, lineStyle: { color: c.text, type: "solid" }, label: { show: false } }])] },
      markArea: { silent: true, itemStyle: { color: c.line, opacity: 0.55 }, data: data.turn === null ? [] : [
        [{ xAxis: data.turn, name: data.turned, label: { position: data.is_low ? "insideTopLeft" : "insideBottomLeft", color: c.text, fontWeight: 650 } }, { xAxis: data.values.length }]] } }],
  }),
};
