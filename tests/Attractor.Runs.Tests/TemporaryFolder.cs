using Attractor.Data;

namespace Attractor.Runs.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("attractor-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A small two-dimensional oscillation.</summary>
    public string WriteSeries(string name = "data.npy", int rows = 400)
    {
        double[] values = new double[2 * rows];
        for (int t = 0; t < rows; t++)
            (values[2 * t], values[(2 * t) + 1]) = (Math.Cos(0.2 * t), Math.Sin(0.2 * t) + (0.1 * Math.Cos(0.5 * t)));
        SeriesFile.Write(File(name), new TimeSeries(values, 2));
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
