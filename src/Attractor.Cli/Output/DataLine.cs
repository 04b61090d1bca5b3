using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>What was understood of a file of data, on the standard error.</summary>
/// <remarks>
/// On a terminal it comes at once. Elsewhere it waits for a moment: where the verb fails before, the line that says why stands alone.
/// </remarks>
internal sealed class DataLine : IProgress<string>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly Lock s_lock = new();
    private static readonly List<string> s_waiting = [];
    private static Timer? s_timer;

    private DataLine()
    {
    }

    /// <summary>Where lines go; null where nobody is to read them.</summary>
    /// <param name="quiet">Whether somebody wants none.</param>
    /// <param name="json">Whether a program reads the result.</param>
    public static IProgress<string>? Of(bool quiet, bool json) => quiet || (json && !StandardError.IsTerminal) ? null : new DataLine();

    /// <summary>Writes what waits.</summary>
    public static void Flush()
    {
        lock (s_lock)
        {
            s_waiting.ForEach(Console.Error.WriteLine);
            Drop();
        }
    }

    /// <summary>Forgets what waits.</summary>
    public static void Drop()
    {
        lock (s_lock)
        {
            s_waiting.Clear();
            s_timer?.Dispose();
            s_timer = null;
        }
    }

    /// <summary>Takes a sentence with the names of settings.</summary>
    public static void Report(IProgress<string>? line, FormattableString? sentence)
    {
        if (sentence is not null)
            line?.Report(SettingSentence.Render(sentence, OptionName.Of));
    }

    public void Report(string value)
    {
        if (StandardError.IsTerminal)
        {
            Console.Error.WriteLine(value);
            return;
        }
        lock (s_lock)
        {
            s_waiting.Add(value);
            s_timer ??= new(_ => Flush(), null, s_patience, Timeout.InfiniteTimeSpan);
        }
    }
}
