using System.Runtime.CompilerServices;

namespace Attractor.Runs;

/// <summary>What a command takes of memory, estimated before any of it is taken.</summary>
internal static class MemoryNeed
{
    private const double Gigabyte = 1L << 30;

    // The rest is the program's, the data's and the system's.
    private const double ShareOfAll = 0.9;

    [ThreadStatic]
    private static double s_reckoned;

    /// <summary>The environment variable that says how many processes share the memory, as the workers of a study do.</summary>
    public const string SharedBy = "ATTRACTOR_MEMORY_SHARED_BY";

    /// <summary>Bytes that this process may take: its share of those of the machine, or of the container it runs in.</summary>
    public static double Available => ShareOfAll * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Processes;

    /// <summary>The most bytes that were asked for on this thread since they were forgotten.</summary>
    public static double Reckoned => s_reckoned;

    /// <summary>Forgets what was asked for.</summary>
    public static void Forget() => s_reckoned = 0;

    private static double Processes
        => NumberText.Whole(Environment.GetEnvironmentVariable(SharedBy) ?? "") is > 0 and var count ? count : 1;

    /// <summary>Bytes of values in one array; infinite if there are more than an array can have.</summary>
    public static double OfArray(double values, int size = sizeof(double))
        => values <= Array.MaxLength ? values * size : double.PositiveInfinity;

    /// <summary>Refuses more rows of a series than there is memory for.</summary>
    /// <param name="rows">The rows asked for.</param>
    /// <param name="columns">Values in each.</param>
    /// <param name="setting">What sets them, such as <c>$"{nameof(OrbitOptions.Steps):setting}"</c>.</param>
    /// <exception cref="SettingException">They do; the message says how many fit.</exception>
    public static void RequireRows(long rows, long columns, FormattableString setting)
    {
        // What is computed, and what is made of it in other units or for a file.
        const int Copies = 2;
        Require(n => Copies * OfArray((double)n * columns), rows, setting);
    }

    /// <summary>Refuses a size that takes more than there is.</summary>
    /// <param name="bytesOf">Bytes of a size, which rise with it; infinite where there can be no array of that length.</param>
    /// <param name="size">The size asked for.</param>
    /// <param name="setting">What sets it, such as <c>$"{nameof(RecurrentSettings.Latent):setting}"</c>.</param>
    /// <exception cref="SettingException">It does; the message says what fits.</exception>
    public static void Require(Func<long, double> bytesOf, long size, FormattableString setting)
    {
        double available = Available, needed = bytesOf(size);
        if (needed <= available)
        {
            s_reckoned = Math.Max(s_reckoned, needed);
            return;
        }
        long fits = 0, tooMuch = size;
        while (tooMuch - fits > 1)
        {
            long middle = fits + ((tooMuch - fits) / 2);
            (fits, tooMuch) = bytesOf(middle) <= available ? (middle, tooMuch) : (fits, middle);
        }
        string remedy = fits > 0
            ? FormattableString.Invariant($"at most {fits:N0} fits")
            : "make the other sizes smaller";
        string takes = double.IsInfinity(needed)
            ? "more memory than there can be"
            : FormattableString.Invariant($"about {needed / Gigabyte:N1} GB of memory");
        string sentence = FormattableString.Invariant(
            $" {size:N0} takes {takes}, of which there are {available / Gigabyte:N1} GB: {remedy}");
        throw new SettingException(SettingSentence.Join(setting, FormattableStringFactory.Create("{0}", sentence)));
    }
}
