using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary>A mistake on the command line or in the environment: exit code 2, nothing on standard output, everything said at once.</summary>
public sealed class BadCommandLineTests
{
    public static TheoryData<string, string, string[]> Mistakes => new()
    {
        { "", "", ["Required command was not provided.", "Commands: serve, scenarios, validate, render, run, backfill, learn, cardinality, dashboards, ctl; see metricssim --help."] },
        { "scenarios", "", ["Required command was not provided.", "Commands: list, show; see metricssim scenarios --help."] },
        { "scenarios show", "", ["Required argument missing for command: 'show'.", "See metricssim scenarios show --help."] },
        { "scenarios show nowhere", "", ["'nowhere' is not a scenario; "] },
        { "serve --nonsense", "", ["Unrecognized command or argument '--nonsense'.", "See metricssim serve --help."] },
        { "serve --shard 3/2", "", ["--shard: simulation.shard: expected i/N with 1 ≤ i ≤ N ≤ 10000, got 3/2"] },
        { "serve --duration 10m", "", ["--duration: says how much of a scenario to play, and no scenario is named: add --scenario ID"] },
        { "serve", "DURATION=10m", ["DURATION: says how much of a scenario to play, and no scenario is named: add --scenario ID"] },
        { "render --compress 2", "", ["--compress: speeds up a scenario's timeline, and no scenario is named: add --scenario ID"] },
        { "serve --resume --journal off", "", ["--resume: goes on from a journal, and --journal off says that there is none"] },
        { "serve --scenario nowhere", "", ["--scenario: 'nowhere' is not a scenario; "] },
        { "serve", "SCENARIO=nowhere", ["SCENARIO: 'nowhere' is not a scenario; "] },
        { "render --compress 0", "", ["--compress: expected a number from 0.01 to 10000, got 0"] },
        { "render --compress -1", "", ["--compress: expected a number from 0.01 to 10000, got -1"] },
        { "render --compress NaN", "", ["--compress: expected a number from 0.01 to 10000, got NaN; it must be finite"] },
        { "render --compress 1e999", "", ["--compress: expected a number from 0.01 to 10000, got 1e999; it is too large for a number"] },
        { "serve --speed 0", "", ["--speed: simulation.speed: "] },
        { "serve --users 0", "", ["--users: users.total: "] },
        { "serve --seed x", "", ["--seed: simulation.seed: "] },
        { "serve --port 70000", "", ["--port: server.port: "] },
        { "render", "USERS=many", ["USERS: users.total: "] },
        { "render", "SEED=-1", ["SEED: simulation.seed: "] },
        { "render", "LOG_LEVEL=loud", ["LOG_LEVEL: logging.level: "] },
        { "render --threads 0", "", ["--threads: '0' is not a whole number from 1 to 1024"] },
        { "render --at 10x", "", ["--at: '10x' is not a duration: seconds (600) or text (90s, 10m, 2h, 1d)"] },
        { "render --at -5s", "", ["--at: '-5s' is not a duration"] },
        { "render --at 1.5s", "", ["--at: 1.5s is not a whole number of ticks of 1s"] },
        { "render --ticks -1", "", ["--ticks: '-1' is not a whole number of at least 0"] },
        { "render --ticks 1 --at 1s", "", ["--at and --ticks say the same thing: give one of them"] },
        { "render --as json", "", ["'json'"] },
        { "render --config nowhere.yml", "", ["nowhere.yml"] },
        { "render", "CONFIG_FILE=nowhere.yml", ["nowhere.yml"] },
        { "backfill", "", ["how much history is not said: add --duration, or --to", "See metricssim backfill --help."] },
        { "backfill --to now", "", ["--to: add --from, or --duration"] },
        { "backfill --from 2026-01-05 --to 2026-01-06 --duration 1d", "", ["--from, --to and --duration: two of them say it all: leave one out"] },
        { "backfill --from 2026-01-06 --to 2026-01-05T12:00Z", "", ["--to: is not after --from"] },
        { "backfill --from then --to 31.12.2026", "", ["--from: expected a date and time such as 2026-01-05T10:00,", "got then", "--to: expected a date"] },
        { "backfill --to 1970-01-03 --duration 30d", "", ["--duration: begins before 1970"] },
        { "backfill --duration 0", "", ["--duration: must be longer than 0"] },
        { "backfill --duration 1d --interval 1.5s", "", ["--interval: 1.5s is not a whole number of ticks of 1s"] },
        { "backfill --duration 1d --interval 0", "", ["--interval: must be longer than 0"] },
        { "backfill --duration 1d --format csv", "", ["'csv'"] },
        { "backfill --duration 1d --max-block-duration 1h", "", ["--max-block-duration: the shortest block of Prometheus has 2h"] },
        { "backfill --duration 1d --format openmetrics --max-block-duration 6h", "", ["--max-block-duration: only blocks have a length"] },
        { "backfill --duration 1d --format openmetrics --into http://localhost:9090", "", ["--into: only blocks are put into a Prometheus: leave it out, or --format"] },
        { "backfill --duration 1d --into localhost", "", ["--into: 'localhost' is not an http or https address such as http://localhost:9090"] },
        { "backfill --duration 1d --url http://localhost --patience 1s", "", ["--url: nothing is sent: add --format remote-write", "--patience: nothing is sent"] },
        { "backfill --duration 1d --format remote-write --output data", "", ["--format remote-write: where to is not said: add --url URL, or enable push.remote_write", "--output: nothing is stored: the samples are sent"] },
        { "backfill --duration 1d --format remote-write --url ftp://x", "", ["--url: 'ftp://x' is not an http or https address such as http://localhost:9090/api/v1/write"] },
        { "backfill --duration 1d --format remote-write --url http://a:b@c/", "", ["--url: user and password don't belong in the URL"] },
        { "backfill --duration 1d --label a --label __b=c", "", ["--label: 'a' is not NAME=VALUE", "--label: '__b=c' is not"] },
        { "backfill --duration 1d --label a=1 --label a=2", "", ["--label: 'a' is given twice"] },
        { "backfill --duration 1d --scenario nowhere", "", ["--scenario: 'nowhere' is not a scenario; "] },
        { "backfill --duration 1d", "SCENARIO=nowhere", ["SCENARIO: 'nowhere' is not a scenario; "] },
        { "learn", "", ["what to learn from is not said: name a page, or --prometheus", "See metricssim learn --help."] },
        { "learn page --prometheus http://localhost:9090", "", ["a page and --prometheus: leave one of them out"] },
        { "learn page --match a=b --step 0 --reads 2", "", ["--match: is for --prometheus only", "--step: is for --prometheus only", "--step: must be longer than 0", "--reads: only a URL can be read several times"] },
        { "learn ftp://localhost/page", "", ["'ftp://localhost/page' is not a file, - or an http or https URL"] },
        { "learn http://localhost/metrics --interval 5s", "", ["--interval: there is none with one read: add --reads N"] },
        { "learn --prometheus localhost --uptime 1h", "", ["--prometheus: 'localhost' is not an http or https URL such as http://localhost:9090", "--uptime: is for pages only"] },
        { "learn --prometheus http://localhost:9090 --duration 7d --step 1s", "", ["--step: 1s makes more than 11000 values of 7d, which is the most that Prometheus gives"] },
        { "learn page --max-families 0 --max-bytes many", "", ["--max-families: '0' is not a whole number from 1 to 100000", "--max-bytes: 'many' is not a whole number of at least 1"] },
        { "dashboards", "", ["Required command was not provided.", "Commands: render, bench; see metricssim dashboards --help."] },
        { "dashboards bench", "", ["what to ask is not said: add --prometheus URL, set PROMETHEUS_URL, or add --grafana URL", "See metricssim dashboards bench --help."] },
        { "dashboards bench --prometheus x --grafana y", "", ["--prometheus: 'x' is not an http or https address such as http://localhost:9090", "--grafana: 'y' is not an http or https address such as http://localhost:3001"] },
        { "dashboards bench --range 0 --range 1h --range often --repeat 0", "PROMETHEUS_URL=ftp://x", ["--range: '0' is not a duration from 1s to 3660d", "--range: 'often' is not a duration from 1s to 3660d", "--repeat: '0' is not a whole number from 1 to 1000", "PROMETHEUS_URL: 'ftp://x'"] },
        { "dashboards bench --api-key k --var x --var a-b=c --interval 0 --to then --output x.json", "PROMETHEUS_URL=http://localhost:1", ["--api-key: there is no Grafana to use it for: add --grafana URL", "--var: 'x' is not NAME=VALUE", "--var: 'a-b=c' is not NAME=VALUE", "--interval: must be at least 1ms", "--to: expected a date and time", "--output: 'x.json' does not end in .html; the JSON is named after it"] },
        { "validate one.yml two.yml", "", ["Unrecognized command or argument 'two.yml'."] },
        {
            "render --threads none --compress x --users 0 --nonsense", "DURATION=long SEED=x",
            [
                "Unrecognized command or argument '--nonsense'.", "--threads: 'none'", "--compress: expected a number from 0.01 to 10000, got x", "DURATION: expected a duration > 0, in seconds (600) or as text (500ms, 90s, 10m, 2h, 1d, 1h30m), got long",
                "--users: users.total: ", "SEED: simulation.seed: ", "See metricssim render --help.",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Every_mistake_is_named(string line, string environment, string[] messages)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var end = await CliSession.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), variables);
        Assert.Equal((2, ""), (end.ExitCode, end.Output));
        foreach (var message in messages) Assert.Contains(message, end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }
}
