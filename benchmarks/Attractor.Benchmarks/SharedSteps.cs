using System.Diagnostics;
using System.Globalization;
using Attractor.Models;
using Attractor.Numerics;
using Shards = Attractor.Models.ShardedShallowPlrnnKernel<
    Attractor.Numerics.Lanes512<float>, float, Attractor.Models.RectifiedUnit>;

namespace Attractor.Benchmarks;

/// <summary>
/// Forward, back and the weight gradients of a shallow PLRNN, float32, 16 lanes, 200 steps: as one piece, in two shards on one thread, and
/// in two shards on two threads, in turn. 512-bit vectors. Beside them what two threads take to answer each other: a step waits for it.
/// </summary>
internal static unsafe class SharedSteps
{
    private const int Steps = 200, Rounds = 41, Answers = 100_000;

    private static int s_ball;

    public static void Run()
    {
        foreach ((int latent, int hidden) in ((int, int)[])[(20, 256), (50, 100), (50, 200), (100, 200), (100, 512)])
        {
            ShallowPlrnnLayout layout = new(3, latent, hidden);
            Pass[] passes =
            [
                new(new ShallowPlrnnKernel<Lanes512<float>, float, RectifiedUnit>(layout), layout),
                new(new Shards(layout), layout),
                new(new Shards(layout) { Threads = 2 }, layout),
            ];
            double[][] seconds = [.. passes.Select(_ => new double[Rounds])];
            double peak = 0;
            for (int round = -5; round < Rounds; round++)
            {
                // Two threads anew: those that a busy machine has parted stay so for a while.
                passes[2].Take(new Shards(layout) { Threads = 2 });
                passes[2].Run();
                for (int i = 0; i < passes.Length; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    passes[i].Run();
                    if (round >= 0)
                        seconds[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                }
                peak = Math.Max(peak, FmaPeak.GigaflopsPerSecond());
            }
            foreach (double[] s in seconds)
                Array.Sort(s);
            double roundTrip = RoundTripNanoseconds();
            double flops = 12.0 * latent * hidden * Steps * 16;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"latent":{{latent}},"hidden":{{hidden}},"whole_ms":{{1e3 * seconds[0][0]:F3}},"one_ms":{{1e3 * seconds[1][0]:F3}}"""
                + $$""","two_ms":{{1e3 * seconds[2][0]:F3}},"two_median_ms":{{1e3 * seconds[2][Rounds / 2]:F3}}"""
                + $$""","whole_median_ms":{{1e3 * seconds[0][Rounds / 2]:F3}},"one_to_two":{{seconds[1][0] / seconds[2][0]:F2}}"""
                + $$""","whole_to_two":{{seconds[0][0] / seconds[2][0]:F2}},"of_peak":{{flops / seconds[0][0] / 1e9 / peak:F3}}"""
                + $$""","round_trip_ns":{{roundTrip:F0}}}"""));
            foreach (Pass pass in passes)
                pass.Dispose();
        }
    }

    private static double RoundTripNanoseconds()
    {
        Volatile.Write(ref s_ball, 0);
        Thread other = new(() =>
        {
            for (int i = 1; i < 2 * Answers; i += 2)
            {
                while (Volatile.Read(ref s_ball) != i)
                    Thread.SpinWait(1);
                Volatile.Write(ref s_ball, i + 1);
            }
        });
        other.Start();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2 * Answers; i += 2)
        {
            Volatile.Write(ref s_ball, i + 1);
            while (Volatile.Read(ref s_ball) != i + 2)
                Thread.SpinWait(1);
        }
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        other.Join();
        return taken.TotalNanoseconds / Answers;
    }

    // A pass as a training does it, without data.
    private sealed class Pass : IDisposable
    {
        private RecurrentKernel<float> _kernel;
        private Unrolling<float> _unrolling;
        private readonly AlignedBuffer<float> _parameters, _states, _tapes, _gradients, _adjoints, _gradient;

        public Pass(RecurrentKernel<float> kernel, ShallowPlrnnLayout layout)
        {
            (_kernel, _unrolling) = (kernel, new(kernel));
            int count = layout.H2 + layout.Hidden;
            (_parameters, _gradient) = (new(count), new(count));
            ShallowPlrnn net = new(layout.Latent, layout.Latent, layout.Hidden, seed: 1);
            for (int i = 0; i < count; i++)
                _parameters.Pointer[i] = (float)net.Parameters.Values[i];
            _states = new((Steps + 1) * _unrolling.State);
            _tapes = new(Steps * _unrolling.Tape);
            (_gradients, _adjoints) = (new(_unrolling.GradientLength), new(_unrolling.AdjointLength));
            for (int i = 0; i < _unrolling.State; i++)
                _states.Pointer[i] = MathF.Sin(i);
        }

        public void Take(RecurrentKernel<float> kernel)
        {
            _kernel.Dispose();
            (_kernel, _unrolling) = (kernel, new(kernel));
        }

        public void Run()
        {
            Residuals none = default;
            _kernel.Load(_parameters.Pointer);
            _unrolling.Forward(Steps, _states.Pointer, _tapes.Pointer, ref none);
            _unrolling.Backward(Steps, _states.Pointer, _tapes.Pointer, _gradients.Pointer, _adjoints.Pointer, ref none);
            _kernel.StoreGradient(_gradient.Pointer);
        }

        public void Dispose()
        {
            _kernel.Dispose();
            foreach (AlignedBuffer<float> buffer in (AlignedBuffer<float>[])[
                _parameters, _states, _tapes, _gradients, _adjoints, _gradient])
                buffer.Dispose();
        }
    }

    // A gradient that comes in at every step, so that none vanishes.
    private readonly struct Residuals : IStepCoupling<float>
    {
        public void Enter(int t, float* state)
        {
        }

        public void Leave(int t, float* next)
        {
        }

        public void LeaveAdjoint(int t, float* gradientNext) => gradientNext[t % 16] += 0.1f;

        public void EnterAdjoint(int t, float* gradient)
        {
        }
    }
}
