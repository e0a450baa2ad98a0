package dev.darkroom.start;

import dev.darkroom.database.Database;
import dev.darkroom.secret.MasterKey;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A server's data as a command works on them, whether the server runs or not: the migrated
/// database and the master key, without Spring's context, so in a fraction of its time.
public final class DataSession implements AutoCloseable {

  private final Database database;
  private final DataSource dataSource;
  private final MasterKey masterKey;

  private DataSession(Database database, MasterKey masterKey) {
    this.database = database;
    this.dataSource = dataSource(database);
    this.masterKey = masterKey;
  }

  /// Opens the data, which are made where there are none yet.
  public static DataSession open(DataOptions options) {
    var masterKey = MasterKey.load(options.secret(System.getenv("DARKROOM_SECRET")));
    var database = Database.connectOrStart(options.database());
    try {
      var session = new DataSession(database, masterKey);
      Flyway.configure().dataSource(session.dataSource).load().migrate();
      return session;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  /// Transactions over what [#jdbc] does.
  public TransactionTemplate transactions() {
    return new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  public MasterKey masterKey() {
    return masterKey;
  }

  @Override
  public void close() {
    database.close();
  }

  private static DataSource dataSource(Database database) {
    var dataSource = new DriverManagerDataSource(database.getJdbcUrl());
    dataSource.setUsername(database.getUsername());
    dataSource.setPassword(database.getPassword());
    return dataSource;
  }
}
