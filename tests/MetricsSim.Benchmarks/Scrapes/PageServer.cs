using System.Diagnostics;
using System.Net;
using MetricsSim.Benchmarks.Exposition;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MetricsSim.Benchmarks.Scrapes;

/// <summary>A synthetic page behind the server, the limits and the sender of the daemon, in a process of its own whose memory is looked at.</summary>
internal static class PageServer
{
    /// <summary>Serves until the standard input ends; says its port on the standard output: <c>page-server SERIES LABELS ROWS</c>.</summary>
    /// <param name="args">What follows the word.</param>
    public static async Task RunAsync(string[] args)
    {
        var part = SyntheticPage.Create(int.Parse(args[0]), int.Parse(args[1]), ExpositionFormat.Text004, int.Parse(args[2]));
        using var sender = new PageSender(threads: 0);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            Listening.Limit(server);
            server.Listen(IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        app.Run(context =>
        {
            var gzip = ContentNegotiation.AcceptsGzip(context.Request.Headers.AcceptEncoding);
            if (gzip) context.Response.Headers.ContentEncoding = "gzip";
            return sender.SendAsync(new PageWriter([part]), context.Response.BodyWriter, gzip, context.RequestAborted);
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port);
        Console.WriteLine($"snapshot copied in {Copy(part.Snapshot, new Snapshot(part.Layout.Series)):F1} ms into new memory, {Copies(part.Snapshot):F1} ms into that of another");
        await Console.In.ReadToEndAsync();
    }

    /// <summary>What a tick waits for when somebody scrapes: the best, since other programs take their share of the machine.</summary>
    private static double Copies(Snapshot from)
    {
        var to = new Snapshot(from.Layout);
        return Enumerable.Range(0, 10).Min(_ => Copy(from, to));
    }

    private static double Copy(Snapshot from, Snapshot to)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < from.Columns.Length; i++) from.Columns[i].CopyTo(to.Columns[i], 0);
        return watch.Elapsed.TotalMilliseconds;
    }
}
