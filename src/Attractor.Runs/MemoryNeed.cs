using System.Runtime.CompilerServices;

namespace Attractor.Runs;

/// <summary>What a training takes of memory, estimated before any of it is taken.</summary>
internal static class MemoryNeed
{
    private const double Gigabyte = 1L << 30;

    // The rest is the program's, the data's and the system's.
    private const double ShareOfAll = 0.9;

    /// <summary>Bytes that this process may take: those of the machine, or of the container it runs in.</summary>
    public static double Available => ShareOfAll * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Refuses a size that takes more than there is.</summary>
    /// <param name="bytesOf">Bytes of a size, which rise with it.</param>
    /// <param name="size">The size asked for.</param>
    /// <param name="setting">What sets it, such as <c>$"{nameof(RecurrentSettings.Latent):setting}"</c>.</param>
    /// <exception cref="SettingException">It does; the message says what fits.</exception>
    public static void Require(Func<long, double> bytesOf, long size, FormattableString setting)
    {
        double available = Available, needed = bytesOf(size);
        if (needed <= available)
            return;
        long fits = 0, tooMuch = size;
        while (tooMuch - fits > 1)
        {
            long middle = fits + ((tooMuch - fits) / 2);
            (fits, tooMuch) = bytesOf(middle) <= available ? (middle, tooMuch) : (fits, middle);
        }
        string remedy = fits > 0
            ? FormattableString.Invariant($"at most {fits:N0} fits")
            : "make the other sizes smaller";
        throw new SettingException(SettingSentence.Join(
            setting,
            FormattableStringFactory.Create(
                "{0}",
                FormattableString.Invariant($" {size:N0} takes about {needed / Gigabyte:N1} GB of memory, of which there are ")
                + FormattableString.Invariant($"{available / Gigabyte:N1}: {remedy}"))));
    }
}
