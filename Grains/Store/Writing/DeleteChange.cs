using System.Data.Common;
using Dapper;

namespace Sweeper.Grains.Store.Writing;

/// <summary>Removes a sweep; what belongs to it goes with it.</summary>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="stop">Gives up while it still waits.</param>
internal sealed class DeleteChange(string sweep, CancellationToken stop) : StoreChange(stop)
{
    /// <inheritdoc/>
    public override int Rows => 1;

    /// <inheritdoc/>
    public override async Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition( // Null only after the transaction has ended.
            "DELETE FROM sweeps WHERE name = @sweep", new { sweep }, transaction, cancellationToken: cancellation)) > 0;
}
