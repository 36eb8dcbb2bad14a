using System.Text;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Hosting.Journal;
using MetricsSim.Wire;

namespace MetricsSim.Tests.Hosting.Journal;

/// <summary>The run of a journal without interruption, clock or daemon: its changes at their ticks, on a world made here.</summary>
internal static class JournalRun
{
    /// <summary>Reads a journal that may be in use.</summary>
    public static JournalContents Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new JournalReader(path).Read(file);
    }

    /// <summary>The world's page at a tick.</summary>
    public static string PageAt(JournalContents journal, long tick)
    {
        var world = new World(journal.Header.Config.PinnedTo(journal.Header.Start).Read().Config!.World);
        foreach (ChangeRecord change in journal.Changes.Where(change => change.Tick <= tick))
        {
            world.Step(change.Tick - world.Tick);
            if (change is CommandRecord command) world.Apply(command.Command);
            else world = world.Reloaded(((ReloadRecord)change).Config.PinnedTo(journal.Header.Start).Read().Config!.World);
        }

        world.Step(tick - world.Tick);
        return Page(world);
    }

    /// <summary>The page of a world.</summary>
    public static string Page(World world)
    {
        var snapshot = new Snapshot(world.Layout);
        world.CopyTo(snapshot);
        var page = new PageWriter([new PagePart(new PageLayout(world.Layout, ExpositionFormat.Text004, world.Options.Telemetry.Created), snapshot)], false);
        byte[] buffer = new byte[Math.Max(1 << 20, page.MinimumBuffer)];
        var text = new StringBuilder();
        bool more;
        do
        {
            more = page.Fill(buffer, out int written);
            text.Append(Encoding.UTF8.GetString(buffer, 0, written));
        }
        while (more);
        return text.ToString();
    }
}
