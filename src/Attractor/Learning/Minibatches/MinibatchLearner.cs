namespace Attractor.Learning;

/// <summary>Training on minibatches as the loop sees it: a stretch is an epoch, with the evaluation after it.</summary>
internal sealed class MinibatchLearner(MinibatchTrainer trainer, IMinibatchObjective? test, MinibatchOptions options)
    : Learner<TrainingState, EpochPoint>
{
    private double _loss = double.NaN;

    public override long Done => trainer.Update;

    public override long Steps => trainer.UpdatesPerEpoch * options.Epochs;

    public override double Loss => _loss;

    public override double LearningRate => trainer.LearningRate;

    public override TrainingEnding? Ending => trainer.Epoch < options.Epochs ? null : TrainingEnding.Completed;

    public override bool Step(LearningLoop<TrainingState, EpochPoint> loop)
    {
        double start = loop.Seconds;
        BoundSums sums = default;
        double beta = 0, rate = 0;
        for (long i = 0; i < trainer.UpdatesPerEpoch; i++)
        {
            if (loop.CancellationToken.IsCancellationRequested || !double.IsFinite(sums.Bound))
                return false;
            (beta, rate) = (trainer.Beta, trainer.LearningRate);
            sums += trainer.Step();
            _loss = -sums.Bound / sums.Count;
            loop.MayReport();
        }
        if (!double.IsFinite(sums.Bound) || !trainer.ParametersAreFinite())
            return false;
        double seconds = loop.Seconds - start;
        if (!TryEvaluate(loop.CancellationToken, out double? testLoss))
            return false;
        loop.Report();
        loop.Add(new(
            trainer.Epoch, trainer.Update, _loss, -sums.LogLikelihood / sums.Count, sums.Divergence / sums.Count, testLoss, beta, rate,
            loop.Seconds, seconds));
        return true;
    }

    public override void Keep() => trainer.Keep();

    public override void Restore()
    {
        trainer.Restore();
        _loss = double.NaN;
    }

    public override TrainingState Export(int divergences) => trainer.Export(divergences);

    public override string Slow()
    {
        trainer.LearningRateScale /= 2;
        return $"epoch {trainer.Epoch}";
    }

    // False if it was cancelled.
    private bool TryEvaluate(CancellationToken cancellationToken, out double? loss)
    {
        loss = null;
        if (test is null)
            return true;
        try
        {
            BoundSums sums = trainer.Evaluate(test, cancellationToken);
            loss = -sums.Bound / sums.Count;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
