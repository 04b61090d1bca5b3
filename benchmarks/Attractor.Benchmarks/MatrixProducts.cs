using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Benchmarks;

/// <summary>
/// Dense products at the shapes of a training step: prints a JSON line for each, with the processor's peak measured beside it.
/// </summary>
internal static unsafe class MatrixProducts
{
    private const int Blocks = 9;

    private const double BlockSeconds = 0.02;

    // Forward (NT), backward to the data (NN), backward to the weights (TN) of the layers of a variational
    // autoencoder 784-400-400-(2 x 200)-400-400-784 with weights (outputs x inputs) and a batch of 100; squares;
    // the small ones of small networks; vectors. M, N, K.
    private static readonly (string Kind, int M, int N, int K)[] s_shapes =
    [
        ("NN", 512, 512, 512), ("NT", 512, 512, 512), ("TN", 512, 512, 512), ("NN", 1024, 1024, 1024),
        ("NT", 100, 400, 784), ("NT", 100, 400, 400), ("NT", 100, 200, 400), ("NT", 100, 400, 200), ("NT", 100, 784, 400),
        ("NN", 100, 400, 784), ("NN", 100, 400, 400), ("NN", 100, 200, 400), ("NN", 100, 400, 200),
        ("TN", 400, 784, 100), ("TN", 400, 400, 100), ("TN", 200, 400, 100), ("TN", 400, 200, 100), ("TN", 784, 400, 100),
        ("NN", 4, 4, 4), ("NT", 4, 4, 4), ("NN", 16, 20, 20), ("NT", 16, 20, 20), ("TN", 20, 20, 16), ("NN", 32, 10, 64),
        ("NT", 32, 10, 64), ("TN", 10, 64, 32),
        ("NT", 100, 50, 20), ("NN", 128, 128, 128), ("NN", 1, 1000, 1000), ("NT", 1, 1000, 1000), ("NN", 1000, 1, 1000),
        ("TN", 1000, 1, 1000),
    ];

    /// <param name="arguments">f32 or f64, the number of threads (1), and shapes such as NT:100x400x784 (M x N x K) instead of all.</param>
    public static void Run(string[] arguments)
    {
        int threads = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        (string Kind, int M, int N, int K)[] shapes = arguments.Length > 2 ? [.. arguments.Skip(2).Select(Shape)] : s_shapes;
        foreach ((string kind, int m, int n, int k) in shapes)
        {
            if (arguments is ["f64", ..])
                Measure<double>("f64", kind, m, n, k, threads);
            else
                Measure<float>("f32", kind, m, n, k, threads);
        }
    }

    private static (string Kind, int M, int N, int K) Shape(string text)
    {
        string[] parts = text.Split(':', 'x');
        return (
            parts[0],
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            int.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    private static void Measure<T>(string type, string kind, int m, int n, int k, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool transposeA = kind[0] == 'T', transposeB = kind[1] == 'T';
        using AlignedBuffer<T> a = new((long)m * k), b = new((long)k * n), c = new((long)m * n);
        for (int i = 0; i < a.Length; i++)
            a.Pointer[i] = T.CreateChecked(Math.Sin(i));
        for (int i = 0; i < b.Length; i++)
            b.Pointer[i] = T.CreateChecked(Math.Cos(i));

        double Seconds(int products)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < products; i++)
                MatrixProduct.Multiply(
                    m, n, k, a.Pointer, transposeA ? m : k, transposeA, b.Pointer, transposeB ? k : n, transposeB, c.Pointer, n, false,
                    null, threads);
            return Stopwatch.GetElapsedTime(start).TotalSeconds / products;
        }

        Seconds(2);
        int products = Math.Max(1, (int)(BlockSeconds / Math.Min(Seconds(1), Seconds(2))));
        Seconds(products);
        List<double> seconds = [], peaks = [];
        for (int block = 0; block < Blocks; block++)
        {
            seconds.Add(Seconds(products));
            peaks.Add(FmaPeak.GigaflopsPerSecond() * sizeof(float) / sizeof(T));
        }
        seconds.Sort();
        peaks.Sort();
        double flops = 2.0 * m * n * k, median = seconds[Blocks / 2], peak = peaks[Blocks / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"{{type}}","kind":"{{kind}}","m":{{m}},"n":{{n}},"k":{{k}}"""
            + $$""","threads":{{threads}},"seconds_median":{{median:G6}},"seconds_min":{{seconds[0]:G6}}"""
            + $$""","gflops":{{flops / median / 1e9:F1}},"gflops_best":{{flops / seconds[0] / 1e9:F1}}"""
            + $$""","fma_peak_gflops":{{peak:F1}},"fma_peak_best":{{peaks[^1]:F1}}}"""));
    }
}
