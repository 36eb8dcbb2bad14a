using System.Reflection;
using BenchmarkDotNet.Running;
using MetricsSim.Benchmarks.Engine;

// Whole plays are timed by processor time, which BenchmarkDotNet does not measure.
if (args is ["speed", .. var rest]) SimulationSpeed.Run(rest);
else BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
