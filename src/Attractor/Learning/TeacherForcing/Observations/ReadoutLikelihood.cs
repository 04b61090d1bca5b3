using System.Numerics;
using System.Numerics.Tensors;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The loss of a network with an observation model over a block of windows: multimodal teacher forcing (Brenner, Hess, Koppe and
/// Durstewitz, ICML 2024) of one modality or several.
/// </summary>
/// <remarks>
/// <para>
/// The encoder makes the signals z^_t = mean_t + exp(l_t) epsilon_t of the data, which draw the states of the network and make the first.
/// With predictions z_{t+1} = F(z~_t) the loss is the mean over all values that are predicted of
/// </para>
/// <code>
///   -a_r log p(x_t | z^_t) - a_o log p(x_{t+1} | z_{t+1}) + a_l sum over units of ((z^_t - z_t)^2 / (2 sigma^2) + log sigma) - l_t
/// </code>
/// <para>
/// with the weights of <see cref="SignalLoss"/>; log p of a value has the weight of its modality besides. The first term is the
/// reconstruction, the second what the network predicts, the third ties the signals to the states, and the last is
/// the entropy of the signals, which is taken off, as a bound wants it. The published third term is the mean square without sigma; with a
/// learnt sigma the loss does not depend on the units that the states have. Both are on a tape, of all steps at once; the recurrence
/// between them is the kernel's.
/// </para>
/// </remarks>
internal sealed unsafe class ReadoutLikelihood<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ProbabilisticReadout _readout;
    private readonly int _steps, _lanes, _count;
    private readonly Tape<T> _encoding = new(threads: 1), _decoding = new(threads: 1);
    private readonly TapeParameters<T> _encoder, _decoder;
    private readonly AlignedBuffer<T> _signals, _signalGradients, _predicted, _predictedGradients, _encoderGradient, _decoderGradient;
    private readonly T[] _features, _rows, _data, _weights;
    private readonly SignalLoss _loss;
    private readonly double[] _weightOf;
    private Variable<T> _encoded;
    private double _entropy;

    /// <param name="model">A network with an observation model.</param>
    /// <param name="steps">T.</param>
    /// <param name="lanes">Lanes of a block.</param>
    /// <param name="loss">The weights.</param>
    public ReadoutLikelihood(RecurrentModel model, int steps, int lanes, SignalLoss loss)
    {
        _loss = loss;
        _weightOf = [.. Enumerable.Range(0, model.Observed).Select(n => loss.WeightOf(model.Readout!.Modalities[n].Modality))];
        (_readout, _steps, _lanes, _count) = (model.Readout!, steps, lanes, model.ParameterCount);
        (_encoder, _decoder) = (new(_encoding, model.Parameters.Tensors), new(_decoding, model.Parameters.Tensors));
        long signals = (steps + 1L) * Units * lanes, predicted = (long)steps * Units * lanes;
        (_signals, _signalGradients, _predicted, _predictedGradients) = (new(signals), new(signals), new(predicted), new(predicted));
        (_encoderGradient, _decoderGradient) = (new(_count), new(_count));
        _features = new T[checked((steps + 1 + (2 * SignalEncoder.Reach)) * lanes * _readout.Encoder.Features)];
        _rows = new T[signals];
        _data = new T[checked((steps + 1) * lanes * _readout.Observed)];
        _weights = new T[_data.Length];
    }

    /// <summary>R.</summary>
    public int Units => _readout.Read;

    /// <summary>Of row t, R x lanes.</summary>
    public T* Signal(int t) => _signals.Pointer + ((nint)t * Units * _lanes);

    /// <summary>The gradient of it, which the adjoint of forcing adds to.</summary>
    public T* SignalGradient(int t) => _signalGradients.Pointer + ((nint)t * Units * _lanes);

    /// <summary>The units that are read after step t, before they are forced.</summary>
    public T* Predicted(int t) => _predicted.Pointer + ((nint)t * Units * _lanes);

    /// <summary>The gradient of it, from <see cref="Decode"/> on.</summary>
    public T* PredictedGradient(int t) => _predictedGradients.Pointer + ((nint)t * Units * _lanes);

    private int SignalRows => (_steps + 1) * _lanes;

    /// <summary>Makes the signals of a block.</summary>
    public void Encode(T* parameters, WindowBatch<T> batch, int block)
    {
        Load(parameters, batch, block);
        _encoding.Reset();
        _encoder.Put(parameters, _encoderGradient.Pointer);
        Variable<T> features = _encoding.Constant(
            new(_features.Length / _readout.Encoder.Features, _readout.Encoder.Features), _features);
        Variable<T> signals = _readout.Encoder.Signals(_encoder, features, _lanes);
        _entropy = 0;
        if (batch.SignalNoise(block) is var noise && noise is not null)
        {
            Variable<T> logs = _readout.Encoder.LogDeviations(_encoder, features, _lanes);
            ToRows(noise, _steps + 1);
            signals += logs.Exp() * _encoding.Constant(new(SignalRows, Units), Rows(SignalRows));
            _entropy = EntropyOf(logs, batch.Filled(block));
            _encoded = Variable<T>.ConcatenateColumns(signals, logs);
        }
        else
        {
            _encoded = signals;
        }
        fixed (T* rows = signals.Value)
            for (int t = 0; t <= _steps; t++)
                RowPanel<T>.Load(rows + ((nint)t * _lanes * Units), _lanes, Units, Signal(t));
    }

    /// <summary>The loss of the signals and of what the network predicted from them, and the gradients with respect to both.</summary>
    /// <param name="parameters">The flat parameter buffer.</param>
    /// <param name="firstCounted">The first step whose prediction counts.</param>
    /// <param name="filled">Windows in the block.</param>
    /// <param name="terms">Values that are predicted, of all blocks.</param>
    /// <returns>The part of the block in the mean.</returns>
    public double Decode(T* parameters, int firstCounted, int filled, double terms)
    {
        _decoding.Reset();
        _decoder.Put(parameters, _decoderGradient.Pointer);
        ToRows(_signals.Pointer, _steps + 1);
        Variable<T> signals = _decoding.Variable(new(SignalRows, Units), Rows(SignalRows));
        ToRows(_predicted.Pointer, _steps);
        Variable<T> predicted = _decoding.Variable(new(_steps * _lanes, Units), Rows(_steps * _lanes));
        Shape data = new(SignalRows, _readout.Observed);
        Variable<T> x = _decoding.Constant(data, _data), weights = _decoding.Constant(data, _weights);
        // Predictions under the signals, so that the likelihood is asked once.
        int first = firstCounted * _lanes, counted = (_steps - firstCounted) * _lanes;
        Variable<T> units = Variable<T>.ConcatenateRows(signals, predicted.SliceRows(first, counted));
        Variable<T> seen = Variable<T>.ConcatenateRows(x, x.SliceRows(first + _lanes, counted));
        Variable<T> there = Variable<T>.ConcatenateRows(
            weights * _loss.Reconstruction, weights.SliceRows(first + _lanes, counted) * _loss.Prediction);
        Variable<T> likelihood = (_readout.LogLikelihood(_decoder, units, seen) * there).Sum();
        Variable<T> inconsistency = _readout.Inconsistency(_decoder, signals.SliceRows(_lanes, _steps * _lanes), predicted);
        Variable<T> loss = (((inconsistency * Filled(filled)).Sum() * _loss.Consistency) - likelihood) / terms;
        _decoding.Backward(loss);
        fixed (T* rows = signals.Gradient)
            for (int t = 0; t <= _steps; t++)
                RowPanel<T>.Load(rows + ((nint)t * _lanes * Units), _lanes, Units, SignalGradient(t));
        fixed (T* rows = predicted.Gradient)
            for (int t = 0; t < _steps; t++)
                RowPanel<T>.Load(rows + ((nint)t * _lanes * Units), _lanes, Units, PredictedGradient(t));
        return double.CreateTruncating(loss.Scalar) - (_entropy / terms);
    }

    /// <summary>Adds the gradients of the decoder and of the encoder, once the signals have all of theirs.</summary>
    /// <param name="gradient">As long as the parameters.</param>
    /// <param name="filled">Windows in the block.</param>
    /// <param name="terms">Values that are predicted, of all blocks.</param>
    public void AddGradient(T* gradient, int filled, double terms)
    {
        ToRows(_signalGradients.Pointer, _steps + 1);
        _encoding.Backward(_encoded, _encoded.Columns == Units ? Rows(SignalRows) : Cotangent(filled, terms));
        Span<T> target = new(gradient, _count);
        TensorPrimitives.Add(target, _decoderGradient.Span, target);
        TensorPrimitives.Add(target, _encoderGradient.Span, target);
    }

    public void Dispose()
    {
        _encoding.Dispose();
        _decoding.Dispose();
        _signals.Dispose();
        _signalGradients.Dispose();
        _predicted.Dispose();
        _predictedGradients.Dispose();
        _encoderGradient.Dispose();
        _decoderGradient.Dispose();
    }

    // The gradients of the signals beside that of the entropy, -1 of each logarithm from the second row on.
    private T[] Cotangent(int filled, double terms)
    {
        T[] cotangent = new T[2 * SignalRows * Units];
        T entropy = T.CreateTruncating(-1 / terms);
        for (int row = 0; row < SignalRows; row++)
        {
            _rows.AsSpan(row * Units, Units).CopyTo(cotangent.AsSpan(2 * row * Units));
            if (row >= _lanes && row % _lanes < filled)
                cotangent.AsSpan(((2 * row) + 1) * Units, Units).Fill(entropy);
        }
        return cotangent;
    }

    // Of the first row nothing is predicted: there is no bound that its entropy belongs to.
    private double EntropyOf(Variable<T> logs, int filled)
    {
        double sum = 0;
        ReadOnlySpan<T> values = logs.Value;
        for (int row = _lanes; row < SignalRows; row++)
            if (row % _lanes < filled)
                foreach (T value in values.Slice(row * Units, Units))
                    sum += double.CreateTruncating(value);
        return sum;
    }

    // 1 in the rows of lanes that hold a window.
    private Variable<T> Filled(int filled)
    {
        T[] column = new T[_steps * _lanes];
        for (int row = 0; row < column.Length; row++)
            column[row] = row % _lanes < filled ? T.One : T.Zero;
        return _decoding.Constant(new(column.Length, 1), column);
    }

    private ReadOnlySpan<T> Rows(int rows) => _rows.AsSpan(0, rows * Units);

    private void ToRows(T* panels, int steps)
    {
        fixed (T* rows = _rows)
            for (int t = 0; t < steps; t++)
                RowPanel<T>.Store(panels + ((nint)t * Units * _lanes), rows + ((nint)t * _lanes * Units), _lanes, Units);
    }

    // Data, weights and features of a block, row by row of lanes.
    private void Load(T* parameters, WindowBatch<T> batch, int block)
    {
        int n = _readout.Observed, f = _readout.Encoder.Features, filled = batch.Filled(block);
        T* targets = batch.Targets(block), present = batch.Weights(block);
        double[] row = new double[n];
        ReadOnlySpan<T> values = new(parameters, _count);
        for (int t = 0, at = 0; t <= _steps; t++)
            for (int lane = 0; lane < _lanes; lane++, at += n)
            {
                for (int i = 0; i < n; i++)
                {
                    nint place = ((((nint)t * n) + i) * _lanes) + lane;
                    bool isThere = present is null || present[place] != T.Zero;
                    _weights[at + _readout.Modalities[i].Place] = isThere && lane < filled ? T.CreateTruncating(_weightOf[i]) : T.Zero;
                    row[i] = isThere ? double.CreateTruncating(targets[place]) : double.NaN;
                }
                _readout.Arrange(row, values, _data.AsSpan(at, n));
                _readout.Encoder.Encode(row, values, _features.AsSpan((((t + SignalEncoder.Reach) * _lanes) + lane) * f, f));
            }
        // The edges go on as they are.
        int length = _lanes * f, last = _steps + SignalEncoder.Reach;
        for (int k = 0; k < SignalEncoder.Reach; k++)
        {
            _features.AsSpan(SignalEncoder.Reach * length, length).CopyTo(_features.AsSpan(k * length));
            _features.AsSpan(last * length, length).CopyTo(_features.AsSpan((last + 1 + k) * length));
        }
    }
}
