using System.Reflection;
using BenchmarkDotNet.Running;
using MetricsSim.Benchmarks.Engine;
using MetricsSim.Benchmarks.Peers;
using MetricsSim.Benchmarks.Scrapes;

// Whole plays are timed by processor time, and looked at for their memory over days, pages go over sockets: BenchmarkDotNet does none of it.
if (args is ["speed", .. var rest]) SimulationSpeed.Run(rest);
else if (args is ["churn", .. var churn]) SessionChurn.Run(churn);
else if (args is ["page", .. var page]) await PageMeasure.RunAsync(page);
else if (args is ["page-server", .. var server]) await PageServer.RunAsync(server);
else if (args is ["peers", .. var peers]) await SideBySide.RunAsync(peers);
else BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
