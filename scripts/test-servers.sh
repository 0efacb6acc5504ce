# shellcheck shell=bash
# The PostgreSQL and RabbitMQ of tests. Their data is thrown away, so PostgreSQL need not wait for the disk and
# RabbitMQ need not take its leave, which lasts 7 seconds.

start_test_servers() {
    end_leftovers
    require_free_ports postgres rabbitmq management erlang epmd
    make_run_dir
    rm -rf "$RUN_DIR"/{postgres,rabbitmq,secrets,log}
    make_run_dir
    prepare_postgres
    prepare_rabbitmq
    write_configuration "postgres_program fsync=off synchronous_commit=off full_page_writes=off max_connections=400" \
        epmd_program "rabbitmq_program stopsignal=KILL"
    start_supervisor
}

# The names the test fixtures read.
test_environment() {
    echo "BC_TEST_POSTGRES='$(postgres_connection postgres postgres)'"
    echo "BC_TEST_RABBITMQ='$(rabbitmq_connection)'"
    echo "BC_TEST_RABBITMQ_MANAGEMENT='$(rabbitmq_management)'"
}
