using MassTransit;
using MassTransit.Transports;

namespace BetterConnections.Messaging;

/// <summary>
/// A message that no consumer of its queue knows, as when an older replica gets an event of a newer release, is given up like all else: in the error
/// queue, where it is seen and from where it is replayed. MassTransit's own way is a queue <c>_skipped</c> that nobody looks into.
/// </summary>
internal static class Strays
{
    public static void AreGivenUp(IPipeConfigurator<ReceiveContext> strays)
    {
        // In this order: what the one throws, the other takes to the error queue.
        strays.UseRescue(Pipe.New<ExceptionReceiveContext>(pipe => pipe.UseFilter(new ToErrorQueue())), _ => { });
        strays.UseFilter(new Unknown());
    }

    private sealed class Unknown : IFilter<ReceiveContext>
    {
        public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
            throw new MessageNotConsumedException(context.InputAddress, "No consumer of this release knows this event.");

        public void Probe(ProbeContext context) => context.CreateFilterScope("unknown");
    }

    private sealed class ToErrorQueue : IFilter<ExceptionReceiveContext>
    {
        public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) => context.TryGetPayload(out IErrorTransport? errors)
            ? errors.Send(context)
            : throw new TransportException(context.InputAddress, "There is no error queue.");

        public void Probe(ProbeContext context) => context.CreateFilterScope("toErrorQueue");
    }
}
