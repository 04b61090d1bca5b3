using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

// Back through all steps, and the sums that make the gradients.
internal sealed unsafe partial class DynaMixPass<S, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(ZeroShotBatch<T> batch, int block, T factor)
    {
        T* context = batch.Context(block), inputs = batch.Inputs(block), noise = batch.Noise(block);
        nint observation = (nint)_n * s_lanes, state = (nint)_m * s_lanes;
        S weight = S.Load(Weights) * S.Broadcast(factor);
        _sums.Clear();
        new Span<T>(Adjoint, _m * s_lanes).Clear();
        for (nint t = _steps - 1; t >= 0; t--)
        {
            for (nint i = 0; i < observation; i += s_lanes)
                S.MultiplyAdd(weight, S.Load(_residuals.Pointer + (t * observation) + i), S.Load(Adjoint + i))
                    .Store(Adjoint + i);
            MixBack(t);
            ChooseBack(t);
            AttendBack(t, context, noise + (t * observation));
            Copy(Back, Adjoint, state);
            if (IsForced((int)t))
            {
                // What the data have set, no earlier step has.
                if (t == 0)
                    StartBack(inputs);
                new Span<T>(Adjoint, _n * s_lanes).Clear();
            }
        }
    }

    // dL/dw_j = <dL/dz', e_j>, dL/de_j = w_j dL/dz'; Back becomes dL/dz by way of the experts.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MixBack(nint t)
    {
        T* given = _given.Pointer + (t * _experts * _m * s_lanes), gate = _gate.Pointer + (t * _experts * s_lanes),
            z = _joint.Pointer + (((t * (_n + _m)) + _n) * s_lanes), a = _theta + _layout.A.Offset;
        for (nint j = 0; j < _experts; j++)
        {
            S weight = S.Load(gate + (j * s_lanes)), ofWeight = default;
            for (nint i = 0; i < _m; i++)
            {
                T* e = given + (((j * _m) + i) * s_lanes);
                S outer = S.Load(Adjoint + (i * s_lanes)), own = weight * outer;
                ofWeight = S.MultiplyAdd(outer, S.Load(e), ofWeight);
                own.Store(e);
            }
            ofWeight.Store(ToGate + (j * s_lanes));
        }
        _weightsBack.Multiply<S>(given, Back);
        for (nint i = 0; i < _m; i++)
        {
            S back = S.Load(Back + (i * s_lanes));
            if (i >= _m - _rectified)
                back = S.WhereGreater(S.Load(z + (i * s_lanes)), default, back);
            for (nint j = 0; j < _experts; j++)
                back = S.MultiplyAdd(S.Broadcast(a[(j * _m) + i]), S.Load(given + (((j * _m) + i) * s_lanes)), back);
            back.Store(Back + (i * s_lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ChooseBack(nint t)
    {
        T* scores = _scores.Pointer + (t * _experts * s_lanes), gate = _gate.Pointer + (t * _experts * s_lanes),
            hidden = _gateHidden.Pointer + (t * _hidden * s_lanes), toScores = _toScores.Pointer + (t * _experts * s_lanes),
            toHidden = _toHidden.Pointer + (t * _hidden * s_lanes), temperature = SumTemperatures + s_lanes;
        T scale = T.One / Temperature(_layout.GateTemperature);
        S mean = default, ofTemperature = default;
        for (nint j = 0; j < _experts; j++)
            mean = S.MultiplyAdd(S.Load(gate + (j * s_lanes)), S.Load(ToGate + (j * s_lanes)), mean);
        for (nint j = 0; j < _experts; j++)
        {
            S weighted = S.Load(gate + (j * s_lanes)) * (S.Load(ToGate + (j * s_lanes)) - mean);
            ofTemperature = S.MultiplyAdd(weighted, S.Load(scores + (j * s_lanes)), ofTemperature);
            (weighted * S.Broadcast(-scale)).Store(toScores + (j * s_lanes));
        }
        S.MultiplyAdd(ofTemperature, S.Broadcast(scale * scale), S.Load(temperature)).Store(temperature);
        _outputBack.Multiply<S>(toScores, HiddenBack);
        for (nint i = 0; i < _hidden; i++)
            S.WhereGreater(S.Load(hidden + (i * s_lanes)), default, S.Load(HiddenBack + (i * s_lanes))).Store(toHidden + (i * s_lanes));
        _inputBack.Multiply<S>(toHidden, ToJoint);
        for (nint i = 0; i < _m; i++)
            (S.Load(Back + (i * s_lanes)) + S.Load(ToJoint + ((_n + i) * s_lanes))).Store(Back + (i * s_lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AttendBack(nint t, T* context, T* noise)
    {
        nint observation = (nint)_n * s_lanes;
        T* toEncoded = _toEncoded.Pointer + (t * observation), toQuery = _toQueries.Pointer + (t * observation),
            weights = _theta + _layout.ConvolutionWeights.Offset;
        Copy(ToJoint, toEncoded, observation);
        for (nint k = 0; k < 2 * _n; k++)
        {
            S sum = default;
            for (nint i = 0; i < _n; i++)
                sum = S.MultiplyAdd(S.Broadcast(weights[(2 * i * _n) + k]), S.Load(toEncoded + (i * s_lanes)), sum);
            if (_layout.Input is not null)
                sum += S.Load(Back + ((_m + k) * s_lanes));
            sum.Store(ToMeans + (k * s_lanes));
        }
        S ofTemperature = _attention.Backward(
            context, _queries.Pointer + (t * observation), Temperature(_layout.AttentionTemperature), _kept.Pointer + (t * _attention.Kept),
            _means.Pointer + (2 * t * observation), ToMeans, _options.QueryGradient ? toQuery : null);
        (S.Load(SumTemperatures) + ofTemperature).Store(SumTemperatures);
        for (nint i = 0; i < observation; i += s_lanes)
            (S.Load(SumConvolution + i) + S.Load(toEncoded + i)).Store(SumConvolution + i);
        if (!_options.QueryGradient)
            return;
        for (nint i = 0; i < observation; i += s_lanes)
            S.MultiplyAdd(S.Load(toQuery + i), S.Load(noise + i), S.Load(SumNoise + i)).Store(SumNoise + i);
        _queryBack.Multiply<S>(toQuery, ToJoint);
        for (nint i = 0; i < _m; i++)
            (S.Load(Back + (i * s_lanes)) + S.Load(ToJoint + (i * s_lanes))).Store(Back + (i * s_lanes));
    }

    // dL/dL = dL/dz_0 x_0'
    private void StartBack(T* first)
    {
        for (int i = 0; i < _m - _n; i++)
            for (int k = 0; k < _n; k++)
                (S.Load(Adjoint + ((_n + i) * s_lanes)) * S.Load(first + (k * s_lanes))).Store(SumInitial + (((i * _n) + k) * s_lanes));
    }

    private void Gather(T* gradient)
    {
        nint observation = (nint)_n * s_lanes, joint = (nint)(_n + _m) * s_lanes, hidden = (nint)_hidden * s_lanes,
            experts = (nint)_experts * s_lanes;
        _ofWeights.Accumulate(_given.Pointer, experts * _m, _phi.Pointer, (nint)_depth * s_lanes, _steps);
        _joined.Clear();
        _ofWeights.AddTo(_joined.Pointer, _depth, 1);
        Join(gradient, _joined.Pointer, toParameters: true);
        _ofInput.Accumulate(_toHidden.Pointer, hidden, _joint.Pointer, joint, _steps);
        _ofInput.AddTo(gradient + _layout.GateInput.Offset, _n + _m, 1);
        _ofOutput.Accumulate(_toScores.Pointer, experts, _gateHidden.Pointer, hidden, _steps);
        _ofOutput.AddTo(gradient + _layout.GateOutput.Offset, _hidden, 1);
        if (_options.QueryGradient)
        {
            _ofQuery.Accumulate(_toQueries.Pointer, observation, _joint.Pointer + observation, joint, _steps);
            _ofQuery.AddTo(gradient + _layout.Query.Offset, _m, 1);
        }
        _ofConvolution.Accumulate(_toEncoded.Pointer, observation, _means.Pointer, 2 * observation, _steps);
        _ofConvolution.AddTo(gradient + _layout.ConvolutionWeights.Offset, 2 * _n, 1);
        GatherOwn(gradient + _layout.A.Offset, gradient + _layout.Bias.Offset);
        LaneProduct<S, T>.AddSums(SumConvolution, _n, gradient + _layout.ConvolutionBias.Offset);
        LaneProduct<S, T>.AddSums(SumNoise, _n, gradient + _layout.Noise.Offset);
        LaneProduct<S, T>.AddSums(SumTemperatures, 1, gradient + _layout.AttentionTemperature.Offset);
        LaneProduct<S, T>.AddSums(SumTemperatures + s_lanes, 1, gradient + _layout.GateTemperature.Offset);
        foreach (ParameterTensor temperature in (ParameterTensor[])[_layout.AttentionTemperature, _layout.GateTemperature])
            gradient[temperature.Offset] *= T.CreateTruncating(T.Sign(_theta[temperature.Offset]));
        if (_layout.Initial is { } initial)
            LaneProduct<S, T>.AddSums(SumInitial, initial.Count, gradient + initial.Offset);
    }

    // dL/dA and dL/dh: sums over the steps, a unit of an expert after the other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherOwn(T* ofA, T* ofBias)
    {
        nint joint = (nint)(_n + _m) * s_lanes, all = (nint)_experts * _m * s_lanes;
        for (int k = 0; k < _experts * _m; k++)
        {
            T* z = _joint.Pointer + ((_n + (k % _m)) * s_lanes), own = _given.Pointer + (k * s_lanes);
            S a = default, h = default;
            for (int t = 0; t < _steps; t++, z += joint, own += all)
            {
                S outer = S.Load(own);
                a = S.MultiplyAdd(outer, S.Load(z), a);
                h += outer;
            }
            ofA[k] += S.Sum(a);
            ofBias[k] += S.Sum(h);
        }
    }
}
