using System.Diagnostics;
using System.Text.Json;
using Attractor.Data;

namespace Attractor.Benchmarks;

/// <summary>How long files take to be read, each several times.</summary>
/// <remarks>The peer of this is data_formats.py, which writes the files and prints both.</remarks>
internal static class Readers
{
    private const int Times = 5;

    /// <summary>Prints the seconds of each reading of each file, the first of all left out: it compiles.</summary>
    public static void Run(string[] files)
    {
        foreach (string file in files)
        {
            List<double> seconds = [];
            double sum = 0;
            for (int i = 0; i <= Times; i++)
            {
                GC.Collect();
                Stopwatch watch = Stopwatch.StartNew();
                DataReading reading = DataFile.Read(file);
                seconds.Add(watch.Elapsed.TotalSeconds);
                // The values are as the peer has them, and are there.
                sum = 0;
                foreach (TimeSeries trial in reading.Trials)
                    foreach (double value in trial.Values)
                        sum += value;
            }
            Console.WriteLine(JsonSerializer.Serialize(new { file, sum, seconds = seconds.Skip(1) }));
        }
    }
}
