using System.Reflection;
using BenchmarkDotNet.Running;
using MetricsSim.Benchmarks.Engine;

// Whole plays are timed by processor time, and looked at for their memory over days: BenchmarkDotNet does neither.
if (args is ["speed", .. var rest]) SimulationSpeed.Run(rest);
else if (args is ["churn", .. var churn]) SessionChurn.Run(churn);
else BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
