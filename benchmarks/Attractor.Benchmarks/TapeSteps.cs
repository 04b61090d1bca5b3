using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Benchmarks;

/// <summary>
/// A training step on the tape: a network of affine layers with tanh between them, Bernoulli log-likelihood
/// of its own input, backward, Adam; float32.
/// </summary>
internal static unsafe class TapeSteps
{
    public static void Run(string[] arguments)
    {
        int threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1;
        string[] networks = arguments.Length > 1 ? arguments[1..] : ["16:8,32,8", "64:32,128,128,32", "100:784,400,20,400,784"];
        foreach (string network in networks)
        {
            string[] parts = network.Split(':');
            int batch = int.Parse(parts[0], CultureInfo.InvariantCulture);
            int[] layers = [.. parts[1].Split(',').Select(l => int.Parse(l, CultureInfo.InvariantCulture))];
            (double seconds, double loss) = Measure(batch, layers, threads);
            double[] peaks = [.. Enumerable.Range(0, 25).Select(_ => FmaPeak.GigaflopsPerSecond()).Order()];
            double flops = 6.0 * batch * layers.Zip(layers.Skip(1), (a, b) => (double)a * b).Sum();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"network":"{{network}}","seconds_median":{{seconds:G6}}"""
                + $$""","gflops":{{flops / seconds / 1e9:F1}},"fma_peak_gflops":{{peaks[peaks.Length / 2]:F1}},"loss":{{loss:G6}}}"""));
        }
    }

    private static (double Seconds, double Loss) Measure(int batch, int[] layers, int threads)
    {
        Shape[] shapes = [.. layers.Zip(layers.Skip(1), (i, o) => (Shape[])[new(o, i), new(1, o)]).SelectMany(s => s)];
        int count = shapes.Sum(s => s.Count), padded = (count + 15) / 16 * 16;
        using AlignedBuffer<float> parameters = new(padded), gradient = new(padded), first = new(padded), second = new(padded);
        RandomStream random = new(1, "network");
        int offset = 0;
        foreach (Shape shape in shapes)
        {
            double scale = shape.Rows > 1 ? 1 / Math.Sqrt(shape.Columns) : 0;
            for (int i = 0; i < shape.Count; i++)
                parameters.Span[offset++] = (float)random.NextUniform(-scale, scale);
        }
        float[] data = new float[batch * layers[0]];
        for (int i = 0; i < data.Length; i++)
            data[i] = random.NextDouble() < 0.3 ? 1 : 0;
        using Tape<float> tape = new(threads);
        Optimizer adam = Optimizer.Adam();
        float** moments = stackalloc float*[] { first.Pointer, second.Pointer };
        int step = 0;
        double loss = 0;
        List<double> seconds = [];
        Stopwatch total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < 4)
        {
            int inner = Math.Max(1, (int)(2e9 / (6.0 * batch * count)));
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < inner; i++)
                Step();
            if (total.Elapsed.TotalSeconds > 1)
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / inner);
        }
        seconds.Sort();
        return (seconds[seconds.Count / 2], loss);

        void Step()
        {
            tape.Reset();
            gradient.Clear();
            Variable<float> x = tape.Constant(new(batch, layers[0]), data), h = x;
            int at = 0;
            for (int l = 0; l < shapes.Length; l += 2)
            {
                Variable<float> weights = Next(ref at, shapes[l]), bias = Next(ref at, shapes[l + 1]);
                h = h.Affine(weights, bias);
                if (l + 2 < shapes.Length)
                    h = h.Tanh();
            }
            Variable<float> negative = h.BernoulliLogLikelihood(x).Sum() * (-1.0 / batch);
            tape.Backward(negative);
            loss = negative.Scalar;
            Descent<float> descent = new(parameters.Pointer, gradient.Pointer, padded);
            step++;
            if (Vector512.IsHardwareAccelerated)
                adam.Apply<Lanes512<float>, float>(descent, moments, padded, 1e-3, step);
            else
                adam.Apply<Lanes256<float>, float>(descent, moments, padded, 1e-3, step);
        }

        Variable<float> Next(ref int at, Shape shape)
        {
            Variable<float> parameter = tape.Parameter(shape, parameters.Pointer + at, gradient.Pointer + at);
            at += shape.Count;
            return parameter;
        }
    }
}
