using MetricsSim.Api;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Runs;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MetricsSim.Hosting;

/// <summary>The web application behind both ports.</summary>
internal static class DaemonApp
{
    /// <summary>Builds it; nothing listens yet.</summary>
    /// <param name="config">The effective configuration.</param>
    /// <param name="bind">Where it listens.</param>
    /// <param name="loop">The world's loop.</param>
    /// <param name="runs">What is recorded of it.</param>
    /// <param name="metrics">What the process tells about itself.</param>
    /// <param name="sender">Writes pages.</param>
    /// <param name="logs">Where it logs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metricsPort">The metrics port, once it is bound.</param>
    /// <param name="listen">Adds the sockets.</param>
    /// <returns>The application.</returns>
    public static WebApplication Build(
        SimulatorConfig config,
        BindAddress bind,
        SimulationLoop loop,
        LiveRuns runs,
        RuntimeMetrics metrics,
        PageSender sender,
        ILoggerFactory logs,
        TimeProvider time,
        Func<int> metricsPort,
        Action<KestrelServerOptions> listen)
    {
        // The empty builder reads no settings files, variables or arguments that belong to other programs in the same folder.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "metricssim" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen);
        builder.Services.Configure<SocketTransportOptions>(Listening.NameFailures);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(time).AddSingleton(loop).AddSingleton(runs).AddSingleton(metrics);

        // A call sees one configuration from its begin to its end, and the next call the one that was reloaded meanwhile.
        builder.Services.AddScoped(_ => loop.Reloaded ?? config).AddScoped(services => services.GetRequiredService<SimulatorConfig>().World);
        builder.Services.AddSingleton(new KnownHosts(bind)).AddSingleton(new ApiKey(bind.IsLoopback ? null : config.Server.ApiKey));
        builder.Services.AddSingleton(new ScrapeTarget(metricsPort));
        builder.Services.AddControlApi();
        WebApplication app = builder.Build();
        var scrape = new MetricsEndpoint(loop, sender, metrics, time);
        app.MapWhen(
            context => context.Features.Get<ListenerFeature>()?.Role == ListenerRole.Metrics,
            port => port.Run(scrape.InvokeAsync));
        app.UseControlApi();
        return app;
    }

    /// <summary>Leaves signals to whoever called.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
