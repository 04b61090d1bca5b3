#!/usr/bin/env dotnet
#:property AssemblyName=custom-kernel
#:property AllowUnsafeBlocks=true
#:project ../src/Attractor

// A fused kernel for a recurrent cell of one's own: the cell as it is on the tape, the same cell by hand on blocks of lanes, how far they
// agree, and what it is worth.
// usage: dotnet run examples/custom_kernel.cs [updates]

using System.Numerics;
using Attractor;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

long updates = args.Length > 0 ? long.Parse(args[0]) : 300;
RecurrentModel.Register(TanhNetwork.Cell);
RecurrentModel.Register(FusedTanhNetwork.Cell);
TimeSeries data = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.02).Standardize();
TrainingOptions options = new() { Forcing = TeacherForcing.Generalized(0.15), SequenceLength = 30, Updates = updates, GradientClip = 1 };
Dictionary<string, int> sizes = new() { ["observed"] = 3, ["latent"] = 5, ["hidden"] = 40 };
RecurrentModel tape = RecurrentModel.Create("tanh-rnn", sizes, seed: 1), fused = RecurrentModel.Create("tanh-rnn-fused", sizes, seed: 1);

TimeSeries[] windows = [.. Enumerable.Range(0, 16).Select(i => data.Slice(100 * i, 31))];
(double expectedLoss, double[] expected) = Training.LossAndGradient(tape, windows, options);
(double loss, double[] gradient) = Training.LossAndGradient(fused, windows, options);
double difference = expected.Zip(gradient, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);
Console.WriteLine($"kernel against tape: loss {Math.Abs(loss - expectedLoss) / expectedLoss:0e0}, gradient {difference:0e0}");

double slow = Training.Fit(tape, data, options).Seconds, fast = Training.Fit(fused, data, options).Seconds;
Console.WriteLine($"{updates} updates: tape {slow:F2} s, kernel {fast:F2} s");

/// <summary>z' = a z + W1 tanh(W2 z + h2) + h1.</summary>
internal class TanhNetwork : TapeRecurrentModel
{
    public static readonly RecurrentKind Cell = new("tanh-rnn", AddTensors, sizes => new TanhNetwork(Cell!, sizes))
    {
        Sizes = ["observed", "latent", "hidden"]
    };

    protected TanhNetwork(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes)
        : base(kind, sizes)
    {
    }

    protected override Variable<T> Step<T>(TapeParameters<T> parameters, Variable<T> z)
        => (z * parameters["a"]) + z.Affine(parameters["W2"], parameters["h2"]).Tanh().Affine(parameters["W1"], parameters["h1"]);

    protected override void Initialize(ulong seed)
    {
        Random random = new((int)seed);
        foreach ((string tensor, double bound) in new[]
        {
            ("W1", 1 / Math.Sqrt(Sizes["hidden"])),
            ("W2", 1 / Math.Sqrt(Latent)),
            ("h2", 1 / Math.Sqrt(Latent))
        })
            Parameters.Set(
                tensor, [.. Enumerable.Range(0, Parameters[tensor].Length).Select(_ => bound * ((2 * random.NextDouble()) - 1))]);
        Parameters.Set("a", [.. Enumerable.Repeat(0.8, Latent)]);
    }

    protected static void AddTensors(ParameterLayout layout, IReadOnlyDictionary<string, int> sizes)
    {
        layout.Vector("a", sizes["latent"], restingValue: 1);
        layout.Matrix("W1", sizes["latent"], sizes["hidden"]);
        layout.Matrix("W2", sizes["hidden"], sizes["latent"]);
        layout.Vector("h1", sizes["latent"]);
        layout.Vector("h2", sizes["hidden"]);
    }
}

/// <summary>The same cell with a kernel of its own.</summary>
internal sealed class FusedTanhNetwork : TanhNetwork
{
    public static new readonly RecurrentKind Cell = new("tanh-rnn-fused", AddTensors, sizes => new FusedTanhNetwork(sizes))
    {
        Sizes = ["observed", "latent", "hidden"]
    };

    private FusedTanhNetwork(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes)
    {
    }

    public override RecurrentKernel<T> CreateKernel<S, T>() => new TanhKernel<S, T>(this);
}

/// <summary>The step and its adjoint on blocks of lanes. Panels: z, g (M x lanes), r = tanh(..), d (L x lanes).</summary>
internal sealed unsafe class TanhKernel<S, T> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _m, _l;
    private readonly PackedMatrix<T> _w1, _w2, _w1Transposed, _w2Transposed;
    private readonly AlignedBuffer<T> _parameters, _vectorGradients;
    private readonly WeightGradient<S, T> _gradientW1, _gradientW2;
    private readonly int _offsetW1, _offsetW2, _offsetH1, _offsetH2;

    public TanhKernel(TanhNetwork network)
    {
        (_m, _l) = (network.Latent, network.Sizes["hidden"]);
        (_w1, _w2) = (new(_m, _l, S.Accumulators), new(_l, _m, S.Accumulators));
        (_w1Transposed, _w2Transposed) = (new(_l, _m, S.Accumulators), new(_m, _l, S.Accumulators));
        (_gradientW1, _gradientW2) = (new(_m, _l), new(_l, _m));
        _parameters = new(network.ParameterCount);
        // a, h1, h2, each lane by lane.
        _vectorGradients = new((long)Lanes * (_m + _m + _l));
        (_offsetW1, _offsetW2, _offsetH1, _offsetH2) = (Offset("W1"), Offset("W2"), Offset("h1"), Offset("h2"));

        int Offset(string name) => network.Parameters.Tensors.Single(t => t.Name == name).Offset;
    }

    public override int StateRows => _m;

    public override int TapeRows => _l;

    public override int AdjointRows => _l;

    public override void Load(T* parameters)
    {
        new Span<T>(parameters, (int)_parameters.Length).CopyTo(_parameters.Span);
        _w1.Pack(parameters + _offsetW1, _l, 1);
        _w1Transposed.Pack(parameters + _offsetW1, 1, _l);
        _w2.Pack(parameters + _offsetW2, _m, 1);
        _w2Transposed.Pack(parameters + _offsetW2, 1, _m);
    }

    public override void Forward(T* z, T* tape, T* next)
    {
        T* a = _parameters.Pointer, h1 = a + _offsetH1, h2 = a + _offsetH2;
        _w2.Multiply<S>(z, tape);
        for (int i = 0; i < _l; i++)
            HyperbolicTangent<S, T>.Of(S.Load(tape + (i * Lanes)) + S.Broadcast(h2[i])).Store(tape + (i * Lanes));
        _w1.Multiply<S>(tape, next);
        for (int i = 0; i < _m; i++)
            (S.MultiplyAdd(S.Load(z + (i * Lanes)), S.Broadcast(a[i]), S.Broadcast(h1[i])) + S.Load(next + (i * Lanes))).Store(
                next + (i * Lanes));
    }

    // d = (1 - r^2) (W1' g), gradient = a g + W2' d
    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        T* a = _parameters.Pointer, sumA = _vectorGradients.Pointer, sumH1 = sumA + (_m * Lanes), sumH2 = sumH1 + (_m * Lanes);
        _w1Transposed.Multiply<S>(gradientNext, adjoint);
        for (int i = 0; i < _l * Lanes; i += Lanes)
        {
            S r = S.Load(tape + i), d = S.Load(adjoint + i) * (S.Broadcast(T.One) - (r * r));
            d.Store(adjoint + i);
            (S.Load(sumH2 + i) + d).Store(sumH2 + i);
        }
        _w2Transposed.Multiply<S>(adjoint, gradient);
        for (int i = 0, at = 0; i < _m; i++, at += Lanes)
        {
            S g = S.Load(gradientNext + at);
            S.MultiplyAdd(g, S.Broadcast(a[i]), S.Load(gradient + at)).Store(gradient + at);
            S.MultiplyAdd(g, S.Load(z + at), S.Load(sumA + at)).Store(sumA + at);
            (S.Load(sumH1 + at) + g).Store(sumH1 + at);
        }
    }

    // dL/dW1 = sum g r', dL/dW2 = sum d z'
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
        int state = _m * Lanes, hidden = _l * Lanes;
        _gradientW1.Accumulate(gradientNext, state, tape, hidden, steps);
        _gradientW2.Accumulate(adjoint, hidden, z, state, steps);
    }

    public override void StoreGradient(T* gradient)
    {
        _gradientW1.AddTo(gradient + _offsetW1, _l, 1);
        _gradientW2.AddTo(gradient + _offsetW2, _m, 1);
        T* sums = _vectorGradients.Pointer;
        for (int i = 0; i < _m; i++)
            gradient[i] += S.Sum(S.Load(sums + (i * Lanes)));
        for (int i = 0; i < _m; i++)
            gradient[_offsetH1 + i] += S.Sum(S.Load(sums + ((_m + i) * Lanes)));
        for (int i = 0; i < _l; i++)
            gradient[_offsetH2 + i] += S.Sum(S.Load(sums + ((_m + _m + i) * Lanes)));
        _vectorGradients.Clear();
    }

    public override void Dispose()
    {
        foreach (IDisposable part
            in (IDisposable[])[_w1, _w2, _w1Transposed, _w2Transposed, _parameters, _vectorGradients, _gradientW1, _gradientW2])
            part.Dispose();
    }
}
