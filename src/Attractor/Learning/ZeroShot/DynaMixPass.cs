using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <inheritdoc/>
/// <remarks>
/// Panels of all steps are kept: weights of the attention, states, experts. What the experts give is not needed behind the gate, and its
/// place is taken by the gradients of what they give; products over all steps then make the gradients of the weights.
/// </remarks>
internal sealed unsafe partial class DynaMixPass<S, T> : DynaMixGradient<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly DynaMixLayout _layout;
    private readonly ZeroShotTrainingOptions _options;
    private readonly int _n, _m, _experts, _hidden, _rectified, _steps, _depth;
    private readonly ContextAttention<S, T> _attention;
    private readonly PackedMatrix<T> _weights, _weightsBack, _input, _inputBack, _output, _outputBack, _query, _queryBack;
    private readonly WeightGradient<S, T> _ofWeights, _ofInput, _ofOutput, _ofQuery, _ofConvolution;

    // One behind the other for every step.
    private readonly AlignedBuffer<T> _kept, _means, _joint, _phi, _gateHidden, _scores, _gate, _given, _queries, _residuals;

    // The same of their gradients.
    private readonly AlignedBuffer<T> _toHidden, _toScores, _toEncoded, _toQueries;
    private readonly AlignedBuffer<T> _work, _sums, _joined;
    private T* _theta;

    /// <param name="sizes">Parameters of the sizes of the model.</param>
    /// <param name="options">Say the lengths, and how states are forced.</param>
    public DynaMixPass(DynaMixParameters sizes, ZeroShotTrainingOptions options)
    {
        _layout = new(sizes);
        _options = options;
        (_n, _m, _experts, _hidden) = (sizes.Observed, sizes.Latent, sizes.Experts, sizes.GateHidden);
        (_rectified, _steps) = (sizes.Rectified, options.SequenceLength);
        _depth = _m + (_layout.Input is null ? 0 : 2 * _n);
        _attention = new(_n, options.ContextLength);
        int accumulators = S.Accumulators, all = _experts * _m, joint = _n + _m;
        (_weights, _weightsBack) = (new(all, _depth, accumulators), new(_depth, all, accumulators));
        (_input, _inputBack) = (new(_hidden, joint, accumulators), new(joint, _hidden, accumulators));
        (_output, _outputBack) = (new(_experts, _hidden, accumulators), new(_hidden, _experts, accumulators));
        (_query, _queryBack) = (new(_n, _m, accumulators), new(_m, _n, accumulators));
        (_ofWeights, _ofInput, _ofOutput) = (new(all, _depth), new(_hidden, joint), new(_experts, _hidden));
        (_ofQuery, _ofConvolution) = (new(_n, _m), new(_n, 2 * _n));
        _kept = new(_steps * _attention.Kept);
        (_means, _joint, _phi) = (Panels(2 * _n), Panels(joint), Panels(_depth));
        (_gateHidden, _scores, _gate) = (Panels(_hidden), Panels(_experts), Panels(_experts));
        (_given, _queries, _residuals) = (Panels(all), Panels(_n), Panels(_n));
        (_toHidden, _toScores, _toEncoded, _toQueries) = (Panels(_hidden), Panels(_experts), Panels(_n), Panels(_n));
        _work = new((long)((2 * _m) + _depth + joint + (2 * _n) + _hidden + _experts + 1) * s_lanes);
        _joined = new((long)all * _depth);
        _sums = new((long)((2 * _n) + 2 + ((_m - _n) * _n)) * s_lanes);
    }

    private T* State => _work.Pointer;

    private T* Adjoint => State + (_m * s_lanes);

    private T* Back => Adjoint + (_m * s_lanes);

    private T* ToJoint => Back + (_depth * s_lanes);

    private T* ToMeans => ToJoint + ((_n + _m) * s_lanes);

    private T* HiddenBack => ToMeans + (2 * _n * s_lanes);

    private T* ToGate => HiddenBack + (_hidden * s_lanes);

    private T* Weights => ToGate + (_experts * s_lanes);

    // Sums over the steps: conv_b, sigma, the temperatures and L.
    private T* SumConvolution => _sums.Pointer;

    private T* SumNoise => SumConvolution + (_n * s_lanes);

    private T* SumTemperatures => SumNoise + (_n * s_lanes);

    private T* SumInitial => SumTemperatures + (2 * s_lanes);

    public override double Compute(T* parameters, ZeroShotBatch<T> batch, int block, T* gradient)
    {
        _theta = parameters;
        Pack();
        double loss = Forward(batch, block);
        Backward(batch, block, T.CreateTruncating(2.0 / ((double)batch.Size * _steps * _n)));
        new Span<T>(gradient, _layout.Count).Clear();
        Gather(gradient);
        return loss;
    }

    public override void Dispose()
    {
        _attention.Dispose();
        foreach (PackedMatrix<T> matrix in (PackedMatrix<T>[])
            [_weights, _weightsBack, _input, _inputBack, _output, _outputBack, _query, _queryBack])
            matrix.Dispose();
        foreach (WeightGradient<S, T> sum in (WeightGradient<S, T>[])[_ofWeights, _ofInput, _ofOutput, _ofQuery, _ofConvolution])
            sum.Dispose();
        foreach (AlignedBuffer<T> buffer in (AlignedBuffer<T>[])
        [
            _kept, _means, _joint, _phi, _gateHidden, _scores, _gate, _given, _queries, _residuals, _toHidden, _toScores, _toEncoded,
            _toQueries, _work, _sums, _joined,
        ])
            buffer.Dispose();
    }

    private AlignedBuffer<T> Panels(int rows) => new((long)_steps * rows * s_lanes);

    private void Pack()
    {
        T* w = _joined.Pointer, g1 = _theta + _layout.GateInput.Offset, g2 = _theta + _layout.GateOutput.Offset,
            d = _theta + _layout.Query.Offset;
        Join(_theta, w, toParameters: false);
        _weights.Pack(w, _depth, 1);
        _weightsBack.Pack(w, 1, _depth);
        _input.Pack(g1, _n + _m, 1);
        _inputBack.Pack(g1, 1, _n + _m);
        _output.Pack(g2, _hidden, 1);
        _outputBack.Pack(g2, 1, _hidden);
        _query.Pack(d, _m, 1);
        _queryBack.Pack(d, 1, _m);
    }

    // [W C] of all experts.
    private void Join(T* parameters, T* joined, bool toParameters)
    {
        foreach ((ParameterTensor? tensor, int first) in ((ParameterTensor?, int)[])[(_layout.W, 0), (_layout.Input, _m)])
            for (nint row = 0; row < tensor?.Rows; row++)
            {
                Span<T> part = new(parameters + tensor.Offset + (row * tensor.Columns), tensor.Columns),
                    whole = new(joined + (row * _depth) + first, tensor.Columns);
                if (toParameters)
                    whole.CopyTo(part);
                else
                    part.CopyTo(whole);
            }
    }

    private bool IsForced(int step) => step % _options.ForcingInterval == 0;

    private T Temperature(ParameterTensor tensor) => T.Abs(_theta[tensor.Offset]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Forward(ZeroShotBatch<T> batch, int block)
    {
        T* context = batch.Context(block), inputs = batch.Inputs(block), targets = batch.Targets(block), noise = batch.Noise(block);
        nint observation = (nint)_n * s_lanes, state = (nint)_m * s_lanes, joint = observation + state;
        S mask = S.Load(batch.Mask(block)), sum = default;
        Start(inputs);
        for (nint t = 0; t < _steps; t++)
        {
            if (IsForced((int)t))
                Copy(inputs + (t * observation), State, observation);
            T* x = _joint.Pointer + (t * joint);
            Copy(State, x + observation, state);
            Ask(noise + (t * observation), _queries.Pointer + (t * observation));
            _attention.Attend(
                context, _queries.Pointer + (t * observation), Temperature(_layout.AttentionTemperature),
                _kept.Pointer + (t * _attention.Kept), _means.Pointer + (2 * t * observation));
            Encode(_means.Pointer + (2 * t * observation), x);
            Choose(t, x);
            Mix(t);
            for (nint i = 0; i < observation; i += s_lanes)
            {
                S residual = (S.Load(State + i) - S.Load(targets + ((t + 1) * observation) + i)) * mask;
                residual.Store(_residuals.Pointer + (t * observation) + i);
                sum = S.MultiplyAdd(residual, residual, sum);
            }
        }
        return Weigh(sum, batch.Filled(block));
    }

    // Of each window e log(1 + s / e), s its mean squared error; and e / (e + s), what that makes of its gradients.
    private double Weigh(S squares, int filled)
    {
        double loss = 0, tolerance = _options.Tolerance, terms = (double)_steps * _n;
        T* weights = Weights;
        squares.Store(weights);
        for (int lane = 0; lane < s_lanes; lane++)
        {
            double mean = double.CreateTruncating(weights[lane]) / terms;
            if (lane < filled)
                loss += tolerance > 0 ? tolerance * double.LogP1(mean / tolerance) : mean;
            weights[lane] = T.CreateTruncating(tolerance > 0 ? tolerance / (tolerance + mean) : 1);
        }
        return loss;
    }

    // z_0 = [x_0; L x_0]
    private void Start(T* first)
    {
        Copy(first, State, (nint)_n * s_lanes);
        for (int i = 0; i < _m - _n; i++)
        {
            T* weights = _theta + _layout.Initial!.Offset + (i * _n);
            S value = default;
            for (int k = 0; k < _n; k++)
                value = S.MultiplyAdd(S.Broadcast(weights[k]), S.Load(first + (k * s_lanes)), value);
            value.Store(State + ((_n + i) * s_lanes));
        }
    }

    // q = D z + sigma xi
    private void Ask(T* noise, T* query)
    {
        _query.Multiply<S>(State, query);
        for (int i = 0; i < _n; i++)
            S.MultiplyAdd(
                S.Broadcast(_theta[_layout.Noise.Offset + i]), S.Load(noise + (i * s_lanes)), S.Load(query + (i * s_lanes)))
                .Store(query + (i * s_lanes));
    }

    // m = b + W0 u + W1 v
    private void Encode(T* means, T* encoded)
    {
        for (int i = 0; i < _n; i++)
        {
            T* weights = _theta + _layout.ConvolutionWeights.Offset + (2 * i * _n);
            S value = S.Broadcast(_theta[_layout.ConvolutionBias.Offset + i]);
            for (int k = 0; k < 2 * _n; k++)
                value = S.MultiplyAdd(S.Broadcast(weights[k]), S.Load(means + (k * s_lanes)), value);
            value.Store(encoded + (i * s_lanes));
        }
    }

    // w = softmax(-G2 relu(G1 [m; z]) / |t2|)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Choose(nint t, T* joint)
    {
        T* hidden = _gateHidden.Pointer + (t * _hidden * s_lanes), scores = _scores.Pointer + (t * _experts * s_lanes),
            gate = _gate.Pointer + (t * _experts * s_lanes);
        _input.Multiply<S>(joint, hidden);
        for (nint i = 0; i < _hidden; i++)
            S.Relu(S.Load(hidden + (i * s_lanes))).Store(hidden + (i * s_lanes));
        _output.Multiply<S>(hidden, scores);
        S least = S.Load(scores), total = default, scale = S.Broadcast(-T.One / Temperature(_layout.GateTemperature));
        for (nint j = 1; j < _experts; j++)
            least = S.Min(S.Load(scores + (j * s_lanes)), least);
        for (nint j = 0; j < _experts; j++)
        {
            S weight = Exponential<S, T>.Of((S.Load(scores + (j * s_lanes)) - least) * scale);
            weight.Store(gate + (j * s_lanes));
            total += weight;
        }
        S inverse = S.Broadcast(T.One) / total;
        for (nint j = 0; j < _experts; j++)
            (S.Load(gate + (j * s_lanes)) * inverse).Store(gate + (j * s_lanes));
    }

    // z' = sum_j w_j (A_j z + W_j phi*(z) + C_j [u; v] + h_j)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix(nint t)
    {
        T* phi = _phi.Pointer + (t * _depth * s_lanes), given = _given.Pointer + (t * _experts * _m * s_lanes),
            gate = _gate.Pointer + (t * _experts * s_lanes), next = Back;
        for (nint i = 0; i < _m; i++)
        {
            S z = S.Load(State + (i * s_lanes));
            (i < _m - _rectified ? z : S.Relu(z)).Store(phi + (i * s_lanes));
        }
        Copy(_means.Pointer + (2 * t * _n * s_lanes), phi + (_m * s_lanes), (nint)(_depth - _m) * s_lanes);
        _weights.Multiply<S>(phi, given);
        T* a = _theta + _layout.A.Offset, h = _theta + _layout.Bias.Offset;
        new Span<T>(next, _m * s_lanes).Clear();
        for (nint j = 0; j < _experts; j++)
        {
            S weight = S.Load(gate + (j * s_lanes));
            for (nint i = 0; i < _m; i++)
            {
                nint k = (j * _m) + i;
                S value = S.Load(given + (k * s_lanes)) + S.MultiplyAdd(
                    S.Broadcast(a[k]), S.Load(State + (i * s_lanes)), S.Broadcast(h[k]));
                value.Store(given + (k * s_lanes));
                S.MultiplyAdd(weight, value, S.Load(next + (i * s_lanes))).Store(next + (i * s_lanes));
            }
        }
        Copy(next, State, (nint)_m * s_lanes);
    }

    private static void Copy(T* source, T* target, nint count) => new Span<T>(source, (int)count).CopyTo(new Span<T>(target, (int)count));
}
