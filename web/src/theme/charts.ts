/** The tokens as ECharts understands them 图表主题. */
import { still } from './antd'
import { chartOrder, font, type Mode, palettes, type } from './tokens'

/** A theme object for `echarts.init(element, chartTheme(mode))`. */
export function chartTheme(mode: Mode): object {
  const p = palettes[mode]
  const axis = {
    axisLine: { lineStyle: { color: p.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: p.textQuiet, fontSize: type.small },
    splitLine: { lineStyle: { color: p.line } },
    nameTextStyle: { color: p.textQuiet, fontSize: type.small },
  }
  return {
    color: chartOrder.map((hue) => p.hues[hue].solid),
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font, color: p.text, fontSize: type.small },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    legend: {
      textStyle: { color: p.textQuiet, fontSize: type.small },
      itemWidth: 10,
      itemHeight: 10,
      icon: 'roundRect',
    },
    tooltip: {
      backgroundColor: p.raised,
      borderColor: p.line,
      textStyle: { color: p.text, fontSize: type.small },
      extraCssText: `box-shadow:${p.shadowRaised};border-radius:6px;`,
    },
    line: { symbolSize: 6, lineStyle: { width: 2 } },
    bar: { barMaxWidth: 32, itemStyle: { borderRadius: 3 } },
    funnel: { label: { color: p.text } },
    animation: !still(),
    animationDuration: 200,
    animationDurationUpdate: 200,
  }
}
