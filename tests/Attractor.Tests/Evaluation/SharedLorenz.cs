using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Attractor.Tests.Evaluation;

/// <summary>The shared Lorenz-63 recordings (version-1 .npy, float32, Fortran order), where they are present.</summary>
internal static partial class SharedLorenz
{
    public static TimeSeries Read(string name)
    {
        if (!SharedData.TryFind(Path.Combine("lorenz63", name), out string path))
            Assert.Skip($"shared/data/lorenz63/{name} is not here.");

        byte[] bytes = File.ReadAllBytes(path);
        int header = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Match shape = Shape().Match(Encoding.ASCII.GetString(bytes, 0, header));
        int rows = int.Parse(shape.Groups[1].Value), columns = int.Parse(shape.Groups[2].Value);
        ReadOnlySpan<float> floats = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(header));
        double[] values = new double[rows * columns];
        for (int n = 0; n < columns; n++)
            for (int t = 0; t < rows; t++)
                values[(t * columns) + n] = floats[(n * rows) + t];
        return new(values, columns, 0.01);
    }

    [GeneratedRegex(@"\((\d+), (\d+)")]
    private static partial Regex Shape();
}
